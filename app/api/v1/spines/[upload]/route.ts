import { deleteSpine } from '@/lib/datasets'
import { deleteSpineOperation } from '@/lib/datasets/operations'
import { defineRoutes, noContent, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(deleteSpineOperation, async (ctx, { params }) => {
    await deleteSpine(ctx, params.upload)
    return noContent()
  }),
)
