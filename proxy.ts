import { randomBytes } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'

const sessionCookie = 'almanac-session'
const openPaths = /^\/(?:sign-in|docs)(?:\/|$)/

const isDevelopment = process.env.NODE_ENV === 'development'

/** Scripts run by nonce alone; React writes style attributes, so inline styles stay open. */
function contentSecurityPolicy(nonce: string): string {
  const scripts = [
    "'self'",
    `'nonce-${nonce}'`,
    "'strict-dynamic'",
    ...(isDevelopment ? ["'unsafe-eval'"] : []),
  ]
  return [
    "default-src 'self'",
    `script-src ${scripts.join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${isDevelopment ? ' ws: wss:' : ''}`,
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Sends the signed-out to the sign-in page; it decides nothing: each page and use case checks for itself. */
function signInFirst(request: NextRequest): NextResponse | null {
  const { pathname, search } = request.nextUrl
  if (openPaths.test(pathname) || request.cookies.has(sessionCookie)) return null
  const target = request.nextUrl.clone()
  target.pathname = '/sign-in'
  target.search =
    pathname === '/' && search === '' ? '' : `?${new URLSearchParams({ callbackUrl: pathname + search })}`
  return NextResponse.redirect(target)
}

export function proxy(request: NextRequest): NextResponse {
  const policy = contentSecurityPolicy(randomBytes(16).toString('base64'))
  const headers = new Headers(request.headers)
  // Next reads the nonce from here and sets it on every script that it writes.
  headers.set('content-security-policy', policy)
  const response = signInFirst(request) ?? NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  response.headers.set('x-frame-options', 'DENY')
  response.headers.set('x-content-type-options', 'nosniff')
  response.headers.set('referrer-policy', 'same-origin')
  if (request.headers.get('x-forwarded-proto')?.startsWith('https')) {
    response.headers.set('strict-transport-security', 'max-age=31536000')
  }
  return response
}

/** No path of an API: a body that passes here is cut at 10 MB. Neither the foreign interfaces nor files. */
export const config = {
  matcher: [
    '/((?!api/|api$|metrics$|health$|health/|_next/|get-online-features|push$|write-to-online-store|materialize|search$|feast/|.*\\.[a-z0-9]{2,5}$).*)',
  ],
}
