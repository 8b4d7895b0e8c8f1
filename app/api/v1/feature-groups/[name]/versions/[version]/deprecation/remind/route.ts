import { defineRoutes, route } from '@/lib/http'
import { remindReaders } from '@/lib/registry'
import { remindReadersOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(remindReadersOperation, (ctx, { params }) => remindReaders(ctx, params.name, params.version)),
)
