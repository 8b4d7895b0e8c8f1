import { beginRun, planDefinitions } from '@/lib/definitions'
import { planDefinitionsOperation } from '@/lib/definitions/operations'
import { accepted, defineRoutes, json, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(planDefinitionsOperation, async (ctx, { body, keep }) => {
    const input = await body()
    const reply = (begun: { job: string }) => accepted(`/api/v1/jobs/${begun.job}`, begun)
    const begun = await beginRun(ctx, 'plan', input, (tx, made) => keep(tx, reply(made)))
    return begun ? reply(begun) : json(200, await planDefinitions(ctx, input))
  }),
)
