import { defineRoutes, route } from '@/lib/http'
import { listPreferences } from '@/lib/notify'
import { listPreferencesOperation } from '@/lib/notify/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listPreferencesOperation, (ctx) => listPreferences(ctx)),
)
