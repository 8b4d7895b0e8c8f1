import { z } from 'zod'
import { isLosslessNumber } from '@/lib/core/json'
import { type Operation, operation } from '@/lib/core/operation'
import { isStorableText } from '@/lib/core/text'
import { environmentQuery, pathName, textSchema, versionNumber } from '@/lib/registry/operations'

const tag = 'governance'
const base = '/api/v1/feature-groups/{name}/versions/{version}/threads'
const instant = z.string().describe('RFC 3339, UTC.')

const commentText = textSchema(10_000, 1)
const fieldPath = z
  .string()
  .max(300)
  .describe('A path as a difference names it, e.g. `features.num_logins.type`; empty: the whole change.')
const unkeepable =
  'holds a number that JSON readers round (state it as text), or a text that cannot be stored'

/** Kept as JSON: a number beyond what a double holds would come back as another. */
function isKeepable(value: unknown): boolean {
  if (typeof value === 'bigint' || isLosslessNumber(value)) return false
  if (typeof value === 'string') return isStorableText(value)
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([name, member]) => isStorableText(name) && isKeepable(member))
}

const suggestionInput = z
  .strictObject({ value: z.unknown().refine(isKeepable, unkeepable) })
  .describe('A new value for the field of the thread; null takes it away.')

export const openThreadInput = z.strictObject({
  field: fieldPath.default(''),
  text: commentText,
  suggestion: suggestionInput.optional(),
})
export const addCommentInput = z.strictObject({ text: commentText, suggestion: suggestionInput.optional() })
export const editCommentInput = z.strictObject({ text: commentText })
export const reasonInput = z.strictObject({ reason: textSchema(2000, 1).optional() })

const suggestionResource = z.object({
  old: z.unknown(),
  new: z.unknown(),
  state: z.enum(['open', 'applied', 'declined']),
  decided_by: z.string().nullable(),
})

const commentResource = z.object({
  id: z.string(),
  author: z.string(),
  mine: z.boolean(),
  text: z.string(),
  created_at: instant,
  edited_at: instant.nullable(),
  suggestion: suggestionResource.nullable(),
  etag: z.string(),
})
export type CommentResource = z.output<typeof commentResource>

export const threadResource = z.object({
  id: z.string(),
  field: fieldPath,
  created_at: instant,
  resolved: z.object({ by: z.string(), at: instant }).nullable(),
  comments: z.array(commentResource),
})
export type ThreadResource = z.output<typeof threadResource>

const versionParams = z.object({ name: pathName, version: versionNumber })
const threadParams = versionParams.extend({ thread: z.string().max(64) })
const commentParams = threadParams.extend({ comment: z.string().max(64) })
const example = { field: 'features.num_logins.description', text: 'Does a refresh count?' }

const common = { tag, query: environmentQuery, auth: 'required' as const }
const answer = { description: 'The thread.', schema: threadResource }

export const listThreadsOperation = operation({
  ...common,
  operationId: 'listReviewThreads',
  method: 'GET',
  path: base,
  summary: 'What is said about a change, line by line',
  params: versionParams,
  responses: {
    200: {
      description: 'All threads, oldest first.',
      schema: z.object({ data: z.array(threadResource) }),
    },
  },
  action: 'catalog:describe',
})

export const openThreadOperation = operation({
  ...common,
  operationId: 'openReviewThread',
  method: 'POST',
  path: base,
  summary: 'Comment on a line of a change, or suggest another value for it',
  description: 'Whoever may see the group may comment. `@Name` tells that person.',
  params: versionParams,
  body: { schema: openThreadInput, example },
  responses: { 201: answer },
  action: 'catalog:describe',
})

export const addCommentOperation = operation({
  ...common,
  operationId: 'addReviewComment',
  method: 'POST',
  path: `${base}/{thread}/comments`,
  summary: 'Reply in a thread',
  params: threadParams,
  body: { schema: addCommentInput, example: { text: 'Only the first of a day.' } },
  responses: { 201: answer },
  action: 'catalog:describe',
})

export const editCommentOperation = operation({
  ...common,
  operationId: 'editReviewComment',
  method: 'PATCH',
  path: `${base}/{thread}/comments/{comment}`,
  summary: 'Change what one wrote',
  params: commentParams,
  body: { schema: editCommentInput, example: { text: 'Does a reload count?' } },
  responses: { 200: answer },
  action: 'catalog:describe',
})

const threadAct = (name: 'resolve' | 'reopen', summary: string) =>
  operation({
    ...common,
    operationId: `${name}ReviewThread`,
    method: 'POST',
    path: `${base}/{thread}/${name}`,
    summary,
    params: threadParams,
    responses: { 200: answer },
    action: 'catalog:describe',
  })
export const resolveThreadOperation = threadAct('resolve', 'Say that a thread is settled')
export const reopenThreadOperation = threadAct('reopen', 'Say that a thread is not settled after all')

export const applySuggestionOperation = operation({
  ...common,
  operationId: 'applyReviewSuggestion',
  method: 'POST',
  path: `${base}/{thread}/comments/{comment}/apply`,
  summary: 'Put a suggested value into the change',
  description:
    'By the rules of any definition. Approvals that were given are void; who suggested and who applied it approve nothing of this change.',
  params: commentParams,
  responses: { 200: answer },
  action: 'group:update',
})

export const declineSuggestionOperation = operation({
  ...common,
  operationId: 'declineReviewSuggestion',
  method: 'POST',
  path: `${base}/{thread}/comments/{comment}/decline`,
  summary: 'Leave a suggestion aside',
  params: commentParams,
  body: { schema: reasonInput, example: { reason: 'The bound is measured.' } },
  responses: { 200: answer },
  action: 'catalog:describe',
})

export const threadOperations: Operation[] = [
  listThreadsOperation,
  openThreadOperation,
  addCommentOperation,
  editCommentOperation,
  resolveThreadOperation,
  reopenThreadOperation,
  applySuggestionOperation,
  declineSuggestionOperation,
]
