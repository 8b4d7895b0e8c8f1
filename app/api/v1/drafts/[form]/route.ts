import { deleteDraft, getDraft, keepDraft } from '@/lib/drafts'
import { deleteDraftOperation, getDraftOperation, keepDraftOperation } from '@/lib/drafts/operations'
import { defineRoutes, noContent, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getDraftOperation, (ctx, { params }) => getDraft(ctx, params.form)),
  route(keepDraftOperation, async (ctx, { params, body }) => keepDraft(ctx, params.form, await body())),
  route(deleteDraftOperation, async (ctx, { params }) => {
    await deleteDraft(ctx, params.form)
    return noContent()
  }),
)
