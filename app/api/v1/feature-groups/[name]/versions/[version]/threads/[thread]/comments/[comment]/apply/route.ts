import { applySuggestion } from '@/lib/governance'
import { applySuggestionOperation } from '@/lib/governance/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(applySuggestionOperation, (ctx, { params: { name: group, version: major, thread, comment } }) =>
    applySuggestion(ctx, { group, major, thread, comment }),
  ),
)
