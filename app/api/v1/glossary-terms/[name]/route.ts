import { changeTerm, getTerm, removeTerm } from '@/lib/glossary'
import { changeTermOperation, getTermOperation, removeTermOperation } from '@/lib/glossary/operations'
import { defineRoutes, json, noContent, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getTermOperation, async (ctx, { params }) => {
    const term = await getTerm(ctx, params.name)
    return json(200, term, { etag: term.etag })
  }),
  route(changeTermOperation, async (ctx, { params, body, headers }) => {
    const term = await changeTerm(ctx, params.name, await body(), headers.get('if-match'))
    return json(200, term, { etag: term.etag })
  }),
  route(removeTermOperation, async (ctx, { params, headers }) => {
    await removeTerm(ctx, params.name, headers.get('if-match'))
    return noContent()
  }),
)
