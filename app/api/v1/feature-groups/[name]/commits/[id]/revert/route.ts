import { defineRoutes, route } from '@/lib/http'
import { revertCommit } from '@/lib/ingestion'
import { revertCommitOperation } from '@/lib/ingestion/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(revertCommitOperation, async (ctx, { params, body }) =>
    revertCommit(ctx, { group: params.name, id: params.id, body: await body() }),
  ),
)
