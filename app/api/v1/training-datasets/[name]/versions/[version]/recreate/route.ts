import { recreateTrainingDataset } from '@/lib/datasets'
import { recreateTrainingDatasetOperation } from '@/lib/datasets/operations'
import { accepted, defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(recreateTrainingDatasetOperation, async (ctx, { params }) => {
    const asked = await recreateTrainingDataset(ctx, params.name, params.version)
    return accepted(`/api/v1/jobs/${asked.job}`, asked)
  }),
)
