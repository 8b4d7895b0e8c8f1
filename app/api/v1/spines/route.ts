import { uploadSpine } from '@/lib/datasets'
import { uploadSpineOperation } from '@/lib/datasets/operations'
import { defineRoutes, json, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(uploadSpineOperation, async (ctx, { bytes, contentType, query }) =>
    json(201, await uploadSpine(ctx, { contentType, name: query.name, bytes: bytes() })),
  ),
)
