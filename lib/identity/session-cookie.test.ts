import { encode } from 'next-auth/jwt'
import { beforeAll, expect, test } from 'vitest'
import { sessionCookieName, sessionIdOf, sessionToken } from './session-cookie'

beforeAll(() => {
  process.env.NEXTAUTH_SECRET = 'a secret of these tests alone'
})

test('the cookie names the session that it was made for', async () => {
  const token = await sessionToken({ id: 'session', personId: 'person' })
  expect(token).not.toContain('session')
  expect(await sessionIdOf(`other=1; ${sessionCookieName}=${token}; last=2`)).toBe('session')
})

test.each([
  ['no header', null],
  ['no such cookie', 'other=1'],
  ['an empty one', `${sessionCookieName}=`],
  ['a forged one', `${sessionCookieName}=abc.def`],
])('%s names none', async (_, header) => {
  expect(await sessionIdOf(header)).toBeNull()
})

test('a token of another secret, without a session or too old names none', async () => {
  const made = { token: { sid: 'session' }, secret: 'a secret of these tests alone' }
  const idOf = async (token: string) => sessionIdOf(`${sessionCookieName}=${token}`)
  expect(await idOf(await encode(made))).toBe('session')
  expect(await idOf(await encode({ ...made, secret: 'another' }))).toBeNull()
  expect(await idOf(await encode({ ...made, token: { sub: 'person' } }))).toBeNull()
  expect(await idOf(await encode({ ...made, maxAge: -60 }))).toBeNull()
})
