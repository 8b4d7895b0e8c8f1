import { materializeIncremental } from '@/lib/feast'
import { feastMaterializeIncrementalOperation } from '@/lib/feast/operations'
import { defineRoutes, feastWire, json, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(
    feastMaterializeIncrementalOperation,
    async (ctx, { query, body }) => {
      const jobs = await materializeIncremental(ctx, await body(), query.async === 'true')
      return jobs ? json(202, { jobs }) : json(200, null)
    },
    feastWire,
  ),
)
