import { uploadSpine } from '@/lib/datasets'
import { uploadSpineOperation } from '@/lib/datasets/operations'
import { defineRoutes, json, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(uploadSpineOperation, async (ctx, { bytes, contentType, query, keep }) => {
    const sent = { contentType, name: query.name, bytes: bytes() }
    return json(201, await uploadSpine(ctx, sent, (tx, kept) => keep(tx, json(201, kept))))
  }),
)
