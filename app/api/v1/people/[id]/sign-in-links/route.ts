import { defineRoutes, json, route } from '@/lib/http'
import { issueSignInLink } from '@/lib/identity'
import { createSignInLinkOperation } from '@/lib/identity/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(createSignInLinkOperation, async (ctx, { params }) =>
    json(201, await issueSignInLink(ctx, params.id), { 'cache-control': 'no-store' }),
  ),
)
