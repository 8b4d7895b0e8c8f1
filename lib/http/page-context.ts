import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { clockNow } from '@/lib/core/clock'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { namePattern } from '@/lib/core/names'
import { authenticateSession } from '@/lib/identity'

/** Who reads this page: asked once a request. Somebody who is not signed in is sent to the sign-in page. */
const reader = cache(async () => {
  const requestHeaders = await headers()
  const actor = await authenticateSession(requestHeaders.get('cookie'))
  if (!actor) redirect('/sign-in')
  return { actor, requestId: newId(), address: requestHeaders.get('x-almanac-address') }
})

/** The context of a page's render. `environment` is the address's own parameter; anything malformed means prod. */
export async function pageContext(environment?: string | string[]): Promise<Context> {
  return {
    ...(await reader()),
    environment: typeof environment === 'string' && namePattern.test(environment) ? environment : 'prod',
    via: 'ui',
    purpose: null,
    now: clockNow,
    signal: new AbortController().signal,
  }
}

export type Loaded<T> =
  | { state: 'ready'; value: T }
  | { state: 'refused'; message: string; decision: DomainError['details']['decision'] }
  | { state: 'missing'; message: string }
  | { state: 'failed'; code: string; message: string; requestId: string }

/** Runs a use case for a page and tells the four states apart; what nobody foresaw still throws. */
export async function load<T>(
  work: (ctx: Context) => Promise<T>,
  environment?: string | string[],
): Promise<Loaded<T>> {
  const ctx = await pageContext(environment)
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
