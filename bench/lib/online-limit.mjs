import { createServer } from 'node:http'
import postgres from 'postgres'

/**
 * The limit of online reads: a bare handler in a process of its own that fetches the same values from the same store
 * and writes the same bytes, with no key, no policy, no count and no check. The parent sends { url, services }.
 */
const separator = '\x1f'

function bodyOf(request) {
  return new Promise((resolve, reject) => {
    const chunks = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString())))
    request.on('error', reject)
  })
}

function answerOf({ name, version, names, views, columns }, keys, rows) {
  const byView = new Map(views.map(({ viewId }) => [viewId, new Map()]))
  for (const row of rows) byView.get(row.view_id).set(row.entity_key, row.v.split(separator))
  const values = new Array(columns)
  for (const { viewId, cuts } of views) {
    const found = byView.get(viewId)
    const fragments = keys.map((key) => found.get(key))
    for (const { position, column } of cuts) {
      values[column] = `[${fragments.map((one) => (one ? one[position] : 'null')).join(',')}]`
    }
  }
  return `{"features":${names},"entities":{"id":[${keys.join(',')}]},"values":[${values.join(',')}],"meta":{"feature_service":"${name}","service_version":${version},"served_at":"${new Date().toISOString()}"}}`
}

function serve({ url, services }) {
  const sql = postgres(url, { max: 8, connection: { application_name: 'limit', TimeZone: 'UTC' } })
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request)
    const service = services[body.feature_service]
    const keys = body.entities.id.map(String)
    const rows = await sql`select entity_key, view_id, v from online_rows
      where entity_key = any(${keys}::text[]) and view_id = any(${service.viewIds}::int[]) and not deleted`
    const answer = answerOf(service, keys, rows)
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(answer),
    })
    response.end(answer)
  })
  server.keepAliveTimeout = 70_000
  server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }))
}

process.once('message', serve)
process.once('disconnect', () => process.exit(0))
