import { created, defineRoutes, route } from '@/lib/http'
import { listDomains, registerDomain } from '@/lib/registry'
import { listDomainsOperation, registerDomainOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(registerDomainOperation, async (ctx, { body }) => {
    const domain = await registerDomain(ctx, await body())
    return created(`/api/v1/domains/${domain.name}`, domain, { etag: domain.etag })
  }),
  route(listDomainsOperation, (ctx, { query }) => listDomains(ctx, query)),
)
