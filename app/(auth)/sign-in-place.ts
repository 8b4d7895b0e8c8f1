import { cookies, headers } from 'next/headers'
import {
  type OpenSession,
  type SignInPlace,
  sessionCookieName,
  sessionCookieOptions,
  sessionSeconds,
  sessionToken,
} from '@/lib/identity'

export async function signInPlace(): Promise<SignInPlace> {
  const given = await headers()
  return { address: given.get('x-almanac-address'), userAgent: given.get('user-agent'), now: new Date() }
}

const isSecure = async () => (await headers()).get('x-forwarded-proto')?.startsWith('https') ?? false

/** Gives the browser the session that was opened. */
export async function keepSession(session: OpenSession): Promise<void> {
  const options = { ...sessionCookieOptions(await isSecure()), maxAge: sessionSeconds }
  const jar = await cookies()
  jar.set(sessionCookieName, await sessionToken(session), options)
}

export async function dropSession(): Promise<void> {
  const jar = await cookies()
  jar.delete({ name: sessionCookieName, path: '/' })
}
