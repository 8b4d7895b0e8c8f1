import { health } from '@/lib/health'
import { healthOperation } from '@/lib/health/operations'
import { defineRoutes, json, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(healthOperation, async () => {
    const found = await health()
    return json(found.status === 'ok' ? 200 : 503, found, found.status === 'ok' ? {} : { 'retry-after': '2' })
  }),
)
