import { createHash } from 'node:crypto'
import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'

/** What a request repeats when it is tried again. `query` is the raw query string without `?`. */
export interface IdempotentRequest {
  key: string
  method: string
  path: string
  query: string
}

const keyPattern = /^[\x21-\x7e]{1,255}$/

/** The same query in another order is the same request. */
const sortedQuery = (query: string) => {
  const parameters = new URLSearchParams(query)
  parameters.sort()
  return parameters.toString()
}

/** SHA-256 (hex) over principal, method, path, query and key. 422 when the key is not 1 to 255 visible ASCII characters. */
export function scopeOf(ctx: Context, request: IdempotentRequest): string {
  if (!keyPattern.test(request.key)) {
    throw invalidField(
      '',
      'Idempotency-Key must be 1 to 255 visible ASCII characters without spaces.',
      'idempotency_key',
    )
  }
  const principal =
    ctx.actor.kind === 'apiKey' ? `key:${ctx.actor.keyId}` : `${ctx.actor.kind}:${ctx.actor.id}`
  const parts = [principal, request.method, request.path, sortedQuery(request.query), request.key]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
