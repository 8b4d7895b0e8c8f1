import { defineRoutes, route } from '@/lib/http'
import { listSettings } from '@/lib/organisation'
import { listSettingsOperation } from '@/lib/settings/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listSettingsOperation, (ctx) => listSettings(ctx)),
)
