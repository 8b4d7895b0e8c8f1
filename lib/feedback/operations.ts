import { z } from 'zod'
import { type Operation, operation } from '@/lib/core/operation'
import { followedKinds, typedText } from '@/lib/notify/operations'
import { mostSaid } from './plain'

const tag = 'feedback'
const instant = z.string().describe('RFC 3339, UTC.')
const byId = z.object({ id: z.string().max(100) })

const feedbackKinds = ['form', 'error', 'documentation'] as const
const feedbackStates = ['open', 'closed'] as const

const path = z
  .string()
  .max(500)
  .regex(/^\/(?!\/)[^\s?#\\]*$/, 'must be a path of the portal, without query and fragment')

export const feedbackSchema = z.object({
  id: z.string(),
  kind: z.enum(feedbackKinds),
  said: z.string(),
  path: z.string(),
  form: z.string().nullable().describe('What the form’s button says.'),
  request_id: z.string().nullable().describe('Of the answer that failed.'),
  asset: z
    .object({ kind: z.enum(followedKinds), name: z.string() })
    .nullable()
    .describe('What the path names, where its author might know of that.'),
  owner_team: z.string().nullable().describe('Who answers for the asset; null: the administrators alone do.'),
  author: z.string(),
  mine: z.boolean(),
  state: z.enum(feedbackStates),
  closed_at: instant.nullable(),
  closed_by: z.string().nullable(),
  closed_reason: z.string().nullable(),
  may_close: z.boolean().describe('The caller may close it and open it again.'),
  created_at: instant,
})
export type FeedbackResource = z.output<typeof feedbackSchema>

export const tellFeedbackInput = z.strictObject({
  kind: z.enum(feedbackKinds),
  said: typedText(mostSaid),
  path,
  form: typedText(100).optional(),
  request_id: typedText(128).optional(),
})

export const listFeedbackQuery = z.object({
  state: z.enum(feedbackStates).optional(),
  kind: z.enum(feedbackKinds).optional(),
  path: path.optional().describe('This path and what lies under it.'),
  mine: z.enum(['true']).optional().describe('Only what the caller told.'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(100).optional(),
  format: z.enum(['json', 'csv']).default('json').describe('CSV: the newest 10,000, on one page.'),
})
export type ListFeedbackQuery = Omit<z.output<typeof listFeedbackQuery>, 'format'>

const feedbackPageSchema = z.object({
  data: z.array(feedbackSchema),
  meta: z.object({
    next_cursor: z.string().nullable(),
    total: z.int(),
    may_close: z.boolean().describe('Something on this page may be closed by the caller.'),
  }),
})
export type FeedbackPage = z.output<typeof feedbackPageSchema>

const common = { tag, auth: 'required', action: 'catalog:describe' } as const
const one = { 200: { description: 'As it is now.', schema: feedbackSchema } }

export const listFeedbackOperation = operation({
  ...common,
  operationId: 'listFeedback',
  method: 'GET',
  path: '/api/v1/feedback',
  summary: 'What people said was hard, newest first',
  description:
    'The caller’s own, what was said of assets of their teams, and for administrators all; nothing of an asset that the caller may not know of.',
  query: listFeedbackQuery,
  responses: {
    200: {
      description: 'A page.',
      schema: feedbackPageSchema,
      contentTypes: ['application/json', 'text/csv'],
    },
  },
})

export const tellFeedbackOperation = operation({
  ...common,
  operationId: 'tellFeedback',
  method: 'POST',
  path: '/api/v1/feedback',
  summary: 'Say that something was hard',
  description:
    'Kept for the administrators and, where the path names an asset that the caller may know of, for its owner. At most twenty an hour.',
  body: {
    schema: tellFeedbackInput,
    example: {
      kind: 'form',
      said: 'I did not know which of the two times is the event time.',
      path: '/register',
      form: 'Register',
    },
  },
  responses: { 201: { description: 'It is on the list.', schema: feedbackSchema } },
})

export const getFeedbackOperation = operation({
  ...common,
  operationId: 'getFeedback',
  method: 'GET',
  path: '/api/v1/feedback/{id}',
  summary: 'One thing that was hard, and what became of it',
  params: byId,
  responses: one,
})

export const closeFeedbackInput = z.strictObject({ reason: typedText(2000) })
export const reopenFeedbackInput = z.strictObject({ reason: typedText(2000).optional() })

const whose =
  'By administrators, and by who may change the asset that it is about. Its author is told. 409 when it is so already.'

export const closeFeedbackOperation = operation({
  ...common,
  operationId: 'closeFeedback',
  method: 'POST',
  path: '/api/v1/feedback/{id}/close',
  summary: 'Close it, with what became of it',
  description: whose,
  params: byId,
  body: { schema: closeFeedbackInput, example: { reason: 'The form now names the event time first.' } },
  responses: one,
})

export const reopenFeedbackOperation = operation({
  ...common,
  operationId: 'reopenFeedback',
  method: 'POST',
  path: '/api/v1/feedback/{id}/reopen',
  summary: 'Open it again',
  description: whose,
  params: byId,
  body: { schema: reopenFeedbackInput, example: {} },
  responses: one,
})

export const feedbackOperations: Operation[] = [
  listFeedbackOperation,
  tellFeedbackOperation,
  getFeedbackOperation,
  closeFeedbackOperation,
  reopenFeedbackOperation,
]
