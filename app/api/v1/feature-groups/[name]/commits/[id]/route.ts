import { defineRoutes, route } from '@/lib/http'
import { getCommit } from '@/lib/ingestion'
import { getCommitOperation } from '@/lib/ingestion/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getCommitOperation, (ctx, { params }) => getCommit(ctx, { group: params.name, id: params.id })),
)
