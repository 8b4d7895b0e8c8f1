import { defineRoutes, route } from '@/lib/http'
import { setPreference } from '@/lib/notify'
import { setPreferenceOperation } from '@/lib/notify/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(setPreferenceOperation, async (ctx, { params, body }) =>
    setPreference(ctx, params.kind, await body()),
  ),
)
