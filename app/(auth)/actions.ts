'use server'

import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { toRoute } from '@/components/ui/route'
import { DomainError } from '@/lib/core/errors'
import { authenticateSession, closeSession, signInWithLink, signInWithPassword } from '@/lib/identity'
import { ownPath } from './own-path'
import { dropSession, keepSession, signInPlace } from './sign-in-place'
import type { SignInState } from './sign-in-state'

const textOf = (form: FormData, name: string) => {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

/** What the person can act on; anything else is a defect and is thrown. */
function stateOf(error: unknown, email: string): SignInState {
  if (!(error instanceof DomainError)) throw error
  return { message: error.message, email }
}

export async function signInByPassword(_: SignInState, form: FormData): Promise<SignInState> {
  const email = textOf(form, 'email')
  try {
    const input = { email, password: textOf(form, 'password') }
    await keepSession(await signInWithPassword(input, await signInPlace()))
  } catch (error) {
    return stateOf(error, email)
  }
  redirect(toRoute(ownPath(form.get('callbackUrl'))))
}

export async function signInByLink(_: SignInState, form: FormData): Promise<SignInState> {
  const password = textOf(form, 'password')
  try {
    const input = { token: textOf(form, 'token'), ...(password === '' ? {} : { password }) }
    await keepSession(await signInWithLink(input, await signInPlace()))
  } catch (error) {
    return stateOf(error, '')
  }
  redirect(toRoute('/'))
}

export async function signOut(): Promise<void> {
  const jar = await cookies()
  const actor = await authenticateSession(jar.toString())
  if (actor?.kind === 'user') await closeSession(actor.sessionId)
  await dropSession()
  redirect('/sign-in')
}
