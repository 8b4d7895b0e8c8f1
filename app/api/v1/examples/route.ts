import { addExample, listExamples } from '@/lib/examples'
import { addExampleOperation, listExamplesOperation } from '@/lib/examples/operations'
import { created, defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listExamplesOperation, (ctx, { query }) => listExamples(ctx, query)),
  route(addExampleOperation, async (ctx, { body }) => {
    const example = await addExample(ctx, await body())
    return created(`/api/v1/examples/${example.id}`, example)
  }),
)
