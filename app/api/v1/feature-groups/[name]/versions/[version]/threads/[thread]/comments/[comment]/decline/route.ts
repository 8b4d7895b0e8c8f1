import { declineSuggestion } from '@/lib/governance'
import { declineSuggestionOperation } from '@/lib/governance/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(declineSuggestionOperation, async (ctx, { params, body }) => {
    const { name: group, version: major, thread, comment } = params
    return declineSuggestion(ctx, { group, major, thread, comment }, await body())
  }),
)
