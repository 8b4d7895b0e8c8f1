import { notFound } from '@/lib/core/errors'
import { requestIdOf } from '@/lib/http/context'
import { toProblem } from '@/lib/http/problem'

/** Whatever no other route answers below /api: a problem document, never a page. */
async function unknownPath(request: Request): Promise<Response> {
  const instance = new URL(request.url).pathname
  const requestId = requestIdOf(request.headers)
  const { status, headers, body } = toProblem(notFound(`The path ${instance}`), {
    requestId,
    instance,
  })
  return new Response(body, { status, headers: { ...headers, 'x-request-id': requestId } })
}

export {
  unknownPath as DELETE,
  unknownPath as GET,
  unknownPath as PATCH,
  unknownPath as POST,
  unknownPath as PUT,
}
