import { verifyTrainingDataset } from '@/lib/datasets'
import { verifyTrainingDatasetOperation } from '@/lib/datasets/operations'
import { accepted, defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(verifyTrainingDatasetOperation, async (ctx, { params }) => {
    const asked = await verifyTrainingDataset(ctx, params.name, params.version)
    return accepted(`/api/v1/jobs/${asked.job}`, asked)
  }),
)
