import { byteStream, csvFile, defineRoutes, Reply, route } from '@/lib/http'
import { deleteRows, ingestRows, streamRows } from '@/lib/ingestion'
import { deleteRowsOperation, ingestRowsOperation } from '@/lib/ingestion/operations'
import { latestRows, latestRowsCsv } from '@/lib/offline'
import { latestRowsOperation } from '@/lib/offline/operations'

const idempotencyOf = (headers: Headers, url: URL, method: string) => {
  const key = headers.get('idempotency-key')
  return key === null ? null : { key, method, path: url.pathname, query: url.search.slice(1) }
}

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(ingestRowsOperation, async (ctx, { params, query, bytes, contentType, headers, url }) => {
    const { version, mode, to, unknown, rename, commit, commit_rows: commitRows } = query
    const idempotency = idempotencyOf(headers, url, 'POST')
    const rows = { contentType, bytes: bytes(), rename, unknown }
    const own = { group: params.name, version, ...rows, mode, to, idempotency }
    if (commit === 'atomic') return ingestRows(ctx, own)
    const lines = await streamRows(ctx, { ...own, commitRows })
    return new Reply(200, byteStream(lines), { 'content-type': 'application/x-ndjson' })
  }),
  route(deleteRowsOperation, (ctx, { params, query, bytes, contentType, headers, url }) => {
    const idempotency = idempotencyOf(headers, url, 'DELETE')
    const { version, to } = query
    return deleteRows(ctx, { group: params.name, version, to, contentType, bytes: bytes(), idempotency })
  }),
  route(latestRowsOperation, async (ctx, { params, query }) => {
    const { int64, version, limit, key, format } = query
    const input = { group: params.name, version, limit, key, int64AsString: int64 === 'string' }
    if (format === 'csv') {
      const { body, headers } = await latestRowsCsv(ctx, input)
      return csvFile(`${params.name}-rows`, body, headers)
    }
    const answer = await latestRows(ctx, input)
    return new Reply(200, answer.body, { 'content-type': 'application/json', ...answer.headers })
  }),
)
