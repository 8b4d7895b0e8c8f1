import { createTrainingDataset, listTrainingDatasets } from '@/lib/datasets'
import { createTrainingDatasetOperation, listTrainingDatasetsOperation } from '@/lib/datasets/operations'
import { accepted, defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(createTrainingDatasetOperation, async (ctx, { body }) => {
    const build = await createTrainingDataset(ctx, await body())
    return accepted(`/api/v1/jobs/${build.job}`, build)
  }),
  route(listTrainingDatasetsOperation, (ctx, { query }) => listTrainingDatasets(ctx, query)),
)
