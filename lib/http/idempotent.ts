import { createHash } from 'node:crypto'
import type { Context } from '@/lib/core/context'
import { once } from '@/lib/idempotency'
import { bodyJsonText, parseBody } from './body'
import { Reply } from './reply'

interface KeyedRequest {
  request: Request
  url: URL
  key: string
  maxBytes: number
}

/** Runs an act with a body of JSON once per Idempotency-Key; a retry gets the first one's status, headers and body. */
export async function actOnce(
  ctx: Context,
  { request, url, key, maxBytes }: KeyedRequest,
  act: (body: () => Promise<unknown>) => Promise<Reply>,
): Promise<Reply> {
  const text = await bodyJsonText(request, maxBytes)
  const bodyHash = createHash('sha256').update(text).digest('hex')
  const asked = { key, method: request.method, path: url.pathname, query: url.search.slice(1) }
  const kept = await once(ctx, asked, bodyHash, async () => {
    const { status, headers, body } = await act(async () => parseBody(text))
    if (body !== null && typeof body !== 'string') throw new Error('A streamed answer cannot be kept.')
    return { status, headers, body }
  })
  return new Reply(kept.status, kept.body, kept.headers)
}
