import { createServer } from 'node:http'
import postgres from 'postgres'
import { answerOf, rowsOf } from './online-limit-answer.mjs'

/**
 * The limit of online reads: a bare handler in a process of its own that fetches the same values from the same store
 * and writes the same bytes, with no key, no policy, no count and no check. The parent sends { url, services }.
 */
function bodyOf(request) {
  return new Promise((resolve, reject) => {
    const chunks = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString())))
    request.on('error', reject)
  })
}

function serve({ url, services }) {
  const sql = postgres(url, { max: 8, connection: { application_name: 'limit', TimeZone: 'UTC' } })
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request)
    const service = services[body.feature_service]
    const keys = body.entities.id.map(String)
    const rows = await rowsOf(sql, service, keys)
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
