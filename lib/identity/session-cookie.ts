import { decode, encode } from 'next-auth/jwt'
import { sessionSecret } from './secret'

export const sessionSeconds = 14 * 24 * 60 * 60
export const sessionCookieName = 'almanac-session'

/** Lax: a link from a mail opens signed in; no other site can post with it. Secure wherever the page came by TLS. */
export const sessionCookieOptions = (secure: boolean) => ({
  httpOnly: true,
  sameSite: 'lax' as const,
  path: '/',
  secure,
})

/** The encrypted token that the browser keeps: it names the session's row and the person, nothing else. */
export const sessionToken = (session: { id: string; personId: string }): Promise<string> =>
  encode({
    token: { sub: session.personId, sid: session.id },
    secret: sessionSecret(),
    maxAge: sessionSeconds,
  })

function cookieValue(header: string): string | undefined {
  const named = header
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${sessionCookieName}=`))
  return named?.slice(sessionCookieName.length + 1)
}

/** The session's id from a Cookie header; null when there is none or it was not made here. */
export async function sessionIdOf(cookieHeader: string | null): Promise<string | null> {
  const token = cookieHeader === null ? undefined : cookieValue(cookieHeader)
  if (!token) return null
  try {
    const payload = await decode({ token, secret: sessionSecret() })
    return typeof payload?.sid === 'string' ? payload.sid : null
  } catch {
    // Forged, expired or sealed with another secret: all of them mean that nobody is signed in.
    return null
  }
}
