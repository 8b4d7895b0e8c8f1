import { exportOdcs } from '@/lib/contracts'
import { exportOdcsOperation } from '@/lib/contracts/operations'
import { defineRoutes, Reply, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(exportOdcsOperation, async (ctx, { params, query }) => {
    const text = await exportOdcs(ctx, { group: params.name, version: query.version })
    const name = `${params.name.replaceAll(/[^\w.-]/g, '_')}.odcs.yaml`
    return new Reply(200, text, {
      'content-type': 'application/yaml; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
    })
  }),
)
