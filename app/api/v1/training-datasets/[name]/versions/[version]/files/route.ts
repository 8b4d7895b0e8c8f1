import { deleteDatasetFiles } from '@/lib/datasets'
import { deleteDatasetFilesOperation } from '@/lib/datasets/operations'
import { defineRoutes, json, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(deleteDatasetFilesOperation, async (ctx, { params, body, headers }) => {
    const { name, version } = params
    const left = await deleteDatasetFiles(ctx, name, version, await body(), headers.get('if-match'))
    return json(200, left, { etag: left.etag })
  }),
)
