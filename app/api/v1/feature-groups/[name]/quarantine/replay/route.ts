import { defineRoutes, json, route } from '@/lib/http'
import { replayQuarantine } from '@/lib/ingestion'
import { replayQuarantineOperation } from '@/lib/ingestion/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(replayQuarantineOperation, async (ctx, { params, query, body, keep }) => {
    const reference = { group: params.name, version: query.version, to: query.to }
    return replayQuarantine(ctx, reference, await body(), (tx, answer) =>
      keep(tx, json(200, answer), answer.commit ?? undefined),
    )
  }),
)
