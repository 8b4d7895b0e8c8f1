import { defineRoutes, route } from '@/lib/http'
import { listCommits } from '@/lib/ingestion'
import { listCommitsOperation } from '@/lib/ingestion/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listCommitsOperation, (ctx, { params, query }) => listCommits(ctx, { group: params.name, ...query })),
)
