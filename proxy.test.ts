import { NextRequest } from 'next/server'
import { expect, test } from 'vitest'
import { config, proxy } from './proxy'

const matcher = new RegExp(`^${config.matcher[0]}$`)
const request = (path: string, cookie?: string) =>
  new NextRequest(new URL(path, 'http://localhost:3000'), { headers: cookie ? { cookie } : {} })

test.each([
  '/',
  '/catalog',
  '/groups/route_delays',
  '/sign-in',
  '/sign-in/link',
  '/docs/errors/invalid',
  '/healthy',
  '/apiary',
])('the page %s passes', (path) => {
  expect(matcher.test(path)).toBe(true)
})

test.each([
  '/api/v1/feature-groups',
  '/api/auth/session',
  '/metrics',
  '/health',
  '/health/live',
  '/_next/static/a.js',
  '/get-online-features',
  '/push',
  '/write-to-online-store',
  '/materialize',
  '/materialize-incremental',
  '/icon.svg',
])('%s is left alone: a body that passes here would be cut', (path) => {
  expect(matcher.test(path)).toBe(false)
})

test('the signed-out are sent to sign in and back', () => {
  const response = proxy(request('/catalog?q=delay'))
  expect(response.status).toBe(307)
  expect(response.headers.get('location')).toBe(
    'http://localhost:3000/sign-in?callbackUrl=%2Fcatalog%3Fq%3Ddelay',
  )
  expect(proxy(request('/')).headers.get('location')).toBe('http://localhost:3000/sign-in')
})

test.each(['/sign-in', '/sign-in/link?token=x', '/docs/errors/invalid'])(
  '%s is open to the signed-out',
  (path) => {
    expect(proxy(request(path)).headers.get('location')).toBeNull()
  },
)

test('a session passes, with a new nonce each time and no inline script', () => {
  const policyOf = () => {
    const response = proxy(request('/catalog', 'almanac-session=x'))
    expect(response.headers.get('location')).toBeNull()
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(response.headers.get('x-middleware-request-content-security-policy')).toBe(policy)
    return policy
  }
  const [, scripts = ''] = /script-src ([^;]+)/.exec(policyOf()) ?? []
  expect(scripts).toMatch(/^'self' 'nonce-[\w+/=]{24}' 'strict-dynamic'$/)
  expect(policyOf()).not.toContain(scripts)
})
