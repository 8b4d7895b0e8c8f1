import { applyDefinitions, beginRun } from '@/lib/definitions'
import { applyDefinitionsOperation } from '@/lib/definitions/operations'
import { accepted, defineRoutes, json, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(applyDefinitionsOperation, async (ctx, { body, keep }) => {
    const input = await body()
    const reply = (begun: { job: string }) => accepted(`/api/v1/jobs/${begun.job}`, begun)
    const begun = await beginRun(ctx, 'apply', input, (tx, made) => keep(tx, reply(made)))
    return begun ? reply(begun) : json(200, await applyDefinitions(ctx, input))
  }),
)
