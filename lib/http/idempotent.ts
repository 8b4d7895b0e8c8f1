import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import type { Operation } from '@/lib/core/operation'
import { type Keep, once } from '@/lib/idempotency'
import { Reply } from './reply'

/** Nobody is to believe in a protection that is not there. Errors: invalid. */
export function refuseKey({ idempotency }: Pick<Operation, 'idempotency'>, key: string | null): void {
  if (key === null || typeof idempotency !== 'object') return
  throw invalidField(
    '',
    `Idempotency-Key is not honoured here: ${idempotency.refused} Send the request without it.`,
    'idempotency_key',
  )
}

interface KeyedRequest {
  request: Request
  url: URL
  key: string
  /** Hash of the body, inflated. */
  digest: () => Promise<string>
}

function keptOf({ status, headers, body }: Reply) {
  if (body !== null && typeof body !== 'string') throw new Error('A streamed answer cannot be kept.')
  return { status, headers, body }
}

/** Runs an act once per Idempotency-Key; a retry gets the first one's status, headers and body. */
export async function actOnce(
  ctx: Context,
  { request, url, key, digest }: KeyedRequest,
  act: (keep: Keep<Reply>) => Promise<Reply>,
): Promise<Reply> {
  const asked = { key, method: request.method, path: url.pathname, query: url.search.slice(1) }
  const kept = await once(ctx, asked, digest, async (keep) =>
    keptOf(await act((tx, reply, commitId) => keep(tx, keptOf(reply), commitId))),
  )
  return new Reply(kept.status, kept.body, kept.headers)
}
