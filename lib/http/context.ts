import { clockNow } from '@/lib/core/clock'
import type { Actor, Context, Target, Via } from '@/lib/core/context'
import { DomainError, invalidField } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { namePattern } from '@/lib/core/names'
import { authenticateKey, authenticateSession, knownKey, recordForeignOrigin } from '@/lib/identity'

const requestIdPattern = /^[\w.:-]{1,128}$/
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/** What a request says of its caller; a Request says it, and so does Node's own message. */
export interface RequestFacts {
  headers: Pick<Headers, 'get'>
  method: string
  /** Absolute. */
  url: string
  signal: AbortSignal
}

/** The caller's own request id when it is a sane one, else a new one. */
export function requestIdOf(headers: Pick<Headers, 'get'>): string {
  const given = headers.get('x-request-id')
  return given && requestIdPattern.test(given) ? given : newId()
}

/** A browser sends its cookies wherever a page points it: a mutation by cookie must come from our own pages. */
async function requireOwnOrigin(request: RequestFacts, actor: Actor, requestId: string): Promise<void> {
  if (safeMethods.has(request.method)) return
  const origin = request.headers.get('origin')
  const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host')
  if (origin && host && URL.canParse(origin) && new URL(origin).host === host) return
  const rule = 'A change by browser session must come from this portal’s own pages (Origin differs).'
  await recordForeignOrigin(actor, { requestId, address: request.headers.get('x-almanac-address') }, rule)
  throw new DomainError('forbidden', rule)
}

const secretOf = (authorization: string) => /^Bearer\s+(\S+)$/i.exec(authorization)?.[1]

async function actorOf(request: RequestFacts, requestId: string): Promise<{ actor: Actor; via: Via } | null> {
  const authorization = request.headers.get('authorization')
  if (authorization) {
    const secret = secretOf(authorization)
    if (!secret)
      throw new DomainError('unauthenticated', 'The Authorization header must read: Bearer <api key>.')
    const actor = await authenticateKey(secret)
    if (!actor)
      throw new DomainError('unauthenticated', 'This API key is not known, has expired or was revoked.')
    return { actor, via: 'api' }
  }
  const actor = await authenticateSession(request.headers.get('cookie'))
  if (!actor) return null
  await requireOwnOrigin(request, actor, requestId)
  return { actor, via: 'ui' }
}

const collections: Record<string, Target['kind']> = {
  'feature-groups': 'group',
  'feature-services': 'service',
  entities: 'entity',
  sources: 'source',
}

/** The asset that a path names: `/api/v1/feature-groups/flights/rows` the group flights. */
function targetOf(pathname: string): Target | null {
  const [, collection = '', name = ''] = /^\/api\/v1\/([a-z-]+)\/([^/]+)/.exec(pathname) ?? []
  const kind = Object.hasOwn(collections, collection) ? collections[collection] : undefined
  return kind && namePattern.test(name) ? { kind, name } : null
}

interface Address {
  url: string
  environment: string
  target: Target | null
}

let last: Address = { url: '', environment: '', target: null }

/** What an absolute address says. The one before is kept: models read from one address, and taking it apart is slow. */
function addressOf(url: string): Address {
  if (url === last.url) return last
  const { pathname, searchParams } = new URL(url)
  last = { url, environment: searchParams.get('environment') ?? 'prod', target: targetOf(pathname) }
  return last
}

export const anonymousId = 'anonymous'
const nobody: Actor = { kind: 'system', id: anonymousId, name: 'anonymous', roles: [], teams: [] }

function contextFor(
  request: RequestFacts,
  requestId: string,
  known: { actor: Actor; via: Via } | null,
): Context {
  const { environment, target } = addressOf(request.url)
  if (!namePattern.test(environment)) {
    throw invalidField('/environment', `\`${environment}\` is not the name of an environment.`, 'environment')
  }
  return {
    actor: known?.actor ?? nobody,
    via: known?.via ?? 'api',
    environment,
    requestId,
    purpose: request.headers.get('x-purpose'),
    address: request.headers.get('x-almanac-address'),
    now: clockNow,
    signal: request.signal,
    target,
  }
}

/**
 * `contextOf` for a caller whose key is known already; null for every other one. Serving waits for nothing that it
 * knows: each promise costs as much as cutting a row.
 */
export function knownContext(request: RequestFacts, requestId: string): Context | null {
  const secret = secretOf(request.headers.get('authorization') ?? '')
  const actor = secret === undefined ? null : knownKey(secret)
  return actor && contextFor(request, requestId, { actor, via: 'api' })
}

/** Builds the use case's context from a request. 401 when `required` and nobody is known. */
export async function contextOf(
  request: RequestFacts,
  requestId: string,
  required: boolean,
): Promise<Context> {
  const known = required ? await actorOf(request, requestId) : null
  if (required && !known) {
    throw new DomainError('unauthenticated', 'Sign in, or send an API key: Authorization: Bearer <api key>.')
  }
  return contextFor(request, requestId, known)
}
