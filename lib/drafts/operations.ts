import { z } from 'zod'
import { type Operation, operation } from '@/lib/core/operation'
import { isStorableText, unstorableReason } from '@/lib/core/text'

/** A draft as JSON text, UTF-8. */
export const mostDraftBytes = 256 * 1024
export const draftDays = 30
/** Of one person; the one that was kept longest ago gives way. */
export const mostDrafts = 100

const formSchema = z
  .string()
  .min(1)
  .max(300)
  .refine(isStorableText, unstorableReason)
  .describe('The form, and what it changes: `register`, `version.route_delays`.')

export const keepDraftInput = z.strictObject({
  value: z.unknown().refine((value) => value !== undefined && value !== null, 'must hold what was typed'),
})

const keptSchema = z.object({
  form: formSchema,
  saved_at: z.string().describe('RFC 3339, UTC, by the clock of the portal.'),
})
export type KeptDraft = z.output<typeof keptSchema>

export const draftSchema = z.object({
  form: formSchema,
  value: z.unknown().describe('As it was kept; null: there is none.'),
  saved_at: keptSchema.shape.saved_at.nullable(),
})
export type DraftResource = z.output<typeof draftSchema>

const shared = {
  path: '/api/v1/drafts/{form}',
  tag: 'drafts',
  params: z.object({ form: formSchema }),
  auth: 'required',
  action: 'catalog:describe',
} as const

export const getDraftOperation = operation({
  ...shared,
  operationId: 'getDraft',
  method: 'GET',
  summary: 'What the caller has typed into a form and not sent',
  description: `Of the caller alone: nobody else reads it. Kept for ${draftDays} days. For people who are signed in, not for keys.`,
  responses: {
    200: { description: 'The draft; its value is null where there is none.', schema: draftSchema },
  },
})

export const keepDraftOperation = operation({
  ...shared,
  operationId: 'keepDraft',
  method: 'PUT',
  summary: 'Keep what is typed into a form, on every machine of the caller',
  description: `At most ${mostDraftBytes / 1024} kB; in the place of what was kept before. Of more than ${mostDrafts} drafts the oldest goes.`,
  body: {
    schema: keepDraftInput,
    example: { value: { name: 'route_delays' } },
    maxBytes: mostDraftBytes + 1024,
  },
  responses: { 200: { description: 'When it was kept.', schema: keptSchema } },
})

export const deleteDraftOperation = operation({
  ...shared,
  operationId: 'deleteDraft',
  method: 'DELETE',
  summary: 'Forget a draft',
  ifMatch: false,
  responses: { 204: { description: 'There is none any more.' } },
})

export const draftOperations: Operation[] = [getDraftOperation, keepDraftOperation, deleteDraftOperation]
