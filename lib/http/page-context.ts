import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { namePattern } from '@/lib/core/names'
import { authenticateSession } from '@/lib/identity'

export const environmentCookie = 'almanac-environment'

/** The environment that this reader looks at: the switch in the top bar keeps it in a cookie. */
async function chosenEnvironment(): Promise<string> {
  const chosen = (await cookies()).get(environmentCookie)?.value
  return chosen && namePattern.test(chosen) ? chosen : 'prod'
}

/** The context of a page's render: one a request. Somebody who is not signed in is sent to the sign-in page. */
export const pageContext = cache(async (): Promise<Context> => {
  const requestHeaders = await headers()
  const actor = await authenticateSession(requestHeaders.get('cookie'))
  if (!actor) redirect('/sign-in')
  return {
    actor,
    environment: await chosenEnvironment(),
    requestId: newId(),
    via: 'ui',
    purpose: null,
    address: requestHeaders.get('x-almanac-address'),
    now: () => new Date(),
    signal: new AbortController().signal,
  }
})

export type Loaded<T> =
  | { state: 'ready'; value: T }
  | { state: 'refused'; message: string; decision: DomainError['details']['decision'] }
  | { state: 'missing'; message: string }
  | { state: 'failed'; code: string; message: string; requestId: string }

/** Runs a use case for a page and tells the four states apart; what nobody foresaw still throws. */
export async function load<T>(work: (ctx: Context) => Promise<T>): Promise<Loaded<T>> {
  const ctx = await pageContext()
  try {
    return { state: 'ready', value: await work(ctx) }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    if (error.code === 'forbidden')
      return { state: 'refused', message: error.message, decision: error.details.decision }
    if (error.code === 'not_found') return { state: 'missing', message: error.message }
    return { state: 'failed', code: error.code, message: error.message, requestId: ctx.requestId }
  }
}
