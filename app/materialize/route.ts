import { materialize } from '@/lib/feast'
import { feastMaterializeOperation } from '@/lib/feast/operations'
import { defineRoutes, feastWire, json, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(
    feastMaterializeOperation,
    async (ctx, { query, body }) => {
      const jobs = await materialize(ctx, await body(), query.async === 'true')
      return jobs ? json(202, { jobs }) : json(200, null)
    },
    feastWire,
  ),
)
