import type { NextAuthOptions } from 'next-auth'
import type { CredentialsConfig } from 'next-auth/providers/credentials'
import { DomainError } from '@/lib/core/errors'
import { sessionSecret } from './secret'
import { sessionCookieName, sessionCookieOptions, sessionSeconds } from './session-cookie'
import { closeSession, findSession, type OpenSession, type SignInPlace } from './sessions'
import { signInWithLink, signInWithPassword } from './sign-in'

type Headers = Record<string, unknown> | undefined

const headerOf = (headers: Headers, name: string) => {
  const value = headers?.[name]
  return typeof value === 'string' ? value : null
}

const placeOf = (headers: Headers): SignInPlace => ({
  address: headerOf(headers, 'x-almanac-address'),
  userAgent: headerOf(headers, 'user-agent'),
  now: new Date(),
})

/** What next-auth keeps of a sign-in: the token then names the session's row. */
interface SignedIn {
  id: string
  name: string
  email: string
  sessionId: string
}

/** next-auth takes null for "not signed in"; anything but a refusal is a defect and must be seen. */
async function attempt(open: () => Promise<OpenSession>): Promise<SignedIn | null> {
  try {
    const { id, personId, name, email } = await open()
    return { id: personId, name, email, sessionId: id }
  } catch (error) {
    if (error instanceof DomainError) return null
    throw error
  }
}

type Fields = Record<string, { label: string; type: string }>

/** The record that next-auth's own helper makes; its default export cannot be called from a bundle of Node's. */
const credentials = <F extends Fields>(
  one: Pick<CredentialsConfig<F>, 'id' | 'name' | 'credentials' | 'authorize'>,
): CredentialsConfig<F> => ({ ...one, type: 'credentials' })

const providers = () => [
  credentials({
    id: 'password',
    name: 'Email and password',
    credentials: {
      email: { label: 'Email', type: 'email' },
      password: { label: 'Password', type: 'password' },
    },
    authorize: (input, request) => attempt(() => signInWithPassword(input, placeOf(request.headers))),
  }),
  credentials({
    id: 'link',
    name: 'One-time link',
    credentials: { token: { label: 'Token', type: 'text' } },
    authorize: (input, request) =>
      attempt(() => signInWithLink({ token: input?.token }, placeOf(request.headers))),
  }),
]

/** `secure`: the page came by TLS, so its cookie is for TLS alone. Each sign-in has a row that can be revoked. */
export function nextAuthOptions({ secure }: { secure: boolean }): NextAuthOptions {
  process.env.AUTH_TRUST_HOST ??= 'true'
  return {
    secret: sessionSecret(),
    useSecureCookies: secure,
    session: { strategy: 'jwt', maxAge: sessionSeconds },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    cookies: { sessionToken: { name: sessionCookieName, options: sessionCookieOptions(secure) } },
    providers: providers(),
    callbacks: {
      jwt: ({ token, user }) => (user && 'sessionId' in user ? { sub: user.id, sid: user.sessionId } : token),
      session: async ({ session, token }) => {
        const person = typeof token.sid === 'string' ? await findSession(token.sid) : null
        return person
          ? { ...session, user: { name: person.name, email: person.email } }
          : { ...session, user: undefined }
      },
    },
    events: {
      signOut: async ({ token }) => {
        if (typeof token?.sid === 'string') await closeSession(token.sid)
      },
    },
  }
}
