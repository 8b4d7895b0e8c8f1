import { createTrainingDataset, listTrainingDatasets } from '@/lib/datasets'
import { createTrainingDatasetOperation, listTrainingDatasetsOperation } from '@/lib/datasets/operations'
import { accepted, defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(createTrainingDatasetOperation, async (ctx, { body, keep }) => {
    const reply = (build: { job: string }) => accepted(`/api/v1/jobs/${build.job}`, build)
    const build = await createTrainingDataset(ctx, await body(), {
      keep: (tx, begun) => keep(tx, reply(begun)),
    })
    return reply(build)
  }),
  route(listTrainingDatasetsOperation, (ctx, { query }) => listTrainingDatasets(ctx, query)),
)
