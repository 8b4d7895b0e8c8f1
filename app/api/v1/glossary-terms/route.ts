import { addTerm, listTerms } from '@/lib/glossary'
import { addTermOperation, listTermsOperation } from '@/lib/glossary/operations'
import { created, defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listTermsOperation, (ctx, { query }) => listTerms(ctx, query)),
  route(addTermOperation, async (ctx, { body }) => {
    const term = await addTerm(ctx, await body())
    return created(`/api/v1/glossary-terms/${encodeURIComponent(term.name)}`, term, { etag: term.etag })
  }),
)
