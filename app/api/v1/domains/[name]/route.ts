import { defineRoutes, json, noContent, route } from '@/lib/http'
import { deleteDomain, getDomain, updateDomain } from '@/lib/registry'
import { deleteDomainOperation, getDomainOperation, updateDomainOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getDomainOperation, async (ctx, { params }) => {
    const domain = await getDomain(ctx, params.name)
    return json(200, domain, { etag: domain.etag })
  }),
  route(updateDomainOperation, async (ctx, { params, body, headers }) => {
    const domain = await updateDomain(ctx, params.name, await body(), headers.get('if-match'))
    return json(200, domain, { etag: domain.etag })
  }),
  route(deleteDomainOperation, async (ctx, { params, headers }) => {
    await deleteDomain(ctx, params.name, headers.get('if-match'))
    return noContent()
  }),
)
