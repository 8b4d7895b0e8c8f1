import { z } from 'zod'
import { type Operation, operation } from '@/lib/core/operation'
import { followedKinds, typedText } from '@/lib/notify/operations'

const tag = 'comments'
const instant = z.string().describe('RFC 3339, UTC.')
const byId = z.object({ id: z.string().max(100) })

const assetSchema = z.object({ kind: z.enum(followedKinds), name: z.string().max(200) })
export type CommentedAsset = z.output<typeof assetSchema>

const personSchema = z.object({ id: z.string(), name: z.string() })

const commentMembers = {
  id: z.string(),
  author: personSchema,
  body: z.string().describe('Empty once it was deleted.'),
  mentions: z.array(personSchema),
  created_at: instant,
  edited_at: instant.nullable(),
  deleted: z.enum(['by_author', 'by_owner']).nullable(),
  may: z.object({ edit: z.boolean(), delete: z.boolean() }),
  etag: z.string(),
}

export const commentSchema = z.object(commentMembers)
export type CommentResource = z.output<typeof commentSchema>

export const threadSchema = z.object({
  ...commentMembers,
  replies: z.array(commentSchema),
  resolved_at: instant.nullable(),
  resolved_by: z.string().nullable(),
  may_resolve: z.boolean(),
})
export type ThreadResource = z.output<typeof threadSchema>

export const listCommentsQuery = assetSchema.extend({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(100).optional(),
})
export type ListCommentsQuery = z.output<typeof listCommentsQuery>

const threadsSchema = z.object({
  data: z.array(threadSchema),
  meta: z.object({ next_cursor: z.string().nullable(), total: z.int(), unresolved: z.int() }),
})
export type ThreadPage = z.output<typeof threadsSchema>

const said = {
  body: typedText(10_000).describe('Plain text; names between back-ticks stand as code.'),
  mentions: z
    .array(z.string().max(100))
    .max(20)
    .default([])
    .describe('Ids of people; each one’s name stands in the text as `@name`.'),
}

export const addCommentInput = z.strictObject({
  asset: z.strictObject({ kind: z.enum(followedKinds), name: z.string().max(200) }),
  thread: z.string().max(100).optional().describe('Answers in this thread; absent: opens one.'),
  ...said,
})
export const editCommentInput = z.strictObject(said)

export const listCommentsOperation = operation({
  operationId: 'listComments',
  method: 'GET',
  path: '/api/v1/comments',
  summary: 'What is said about an asset: threads, newest first',
  tag,
  query: listCommentsQuery,
  responses: { 200: { description: 'A page of threads.', schema: threadsSchema } },
  auth: 'required',
  action: 'catalog:describe',
})

export const addCommentOperation = operation({
  operationId: 'addComment',
  method: 'POST',
  path: '/api/v1/comments',
  summary: 'Comment on an asset',
  description:
    'By whoever may know of it. Who is mentioned is told, and so are its followers and who takes part in the thread. 422 for the mention of somebody who may not know of the asset.',
  tag,
  body: {
    schema: addCommentInput,
    example: {
      asset: { kind: 'group', name: 'route_delays' },
      body: 'Why does `mean_delay` jump in May, @Mara Voss?',
      mentions: ['018f2b7c9a10aa3bd1c4e2f6a7b8c9d0'],
    },
  },
  responses: { 201: { description: 'The comment.', schema: commentSchema } },
  auth: 'required',
  action: 'catalog:describe',
})

export const editCommentOperation = operation({
  operationId: 'editComment',
  method: 'PATCH',
  path: '/api/v1/comments/{id}',
  summary: 'Change one’s own comment',
  description: 'Needs If-Match with the ETag that was read, or `*`.',
  tag,
  params: byId,
  body: { schema: editCommentInput, example: { body: 'Since the new feed.', mentions: [] } },
  responses: { 200: { description: 'The comment as it is now.', schema: commentSchema } },
  auth: 'required',
  action: 'catalog:describe',
})

export const deleteCommentOperation = operation({
  operationId: 'deleteComment',
  method: 'DELETE',
  path: '/api/v1/comments/{id}',
  summary: 'Delete one’s own comment, or as owner of the asset anybody’s',
  description: 'Needs If-Match with the ETag that was read, or `*`. What was answered to it stays.',
  tag,
  params: byId,
  responses: { 204: { description: 'Its text is gone.' } },
  auth: 'required',
  action: 'catalog:describe',
})

const act = (name: string, operationId: string, summary: string) =>
  operation({
    operationId,
    method: 'POST',
    path: `/api/v1/comments/{id}/${name}`,
    summary,
    description: 'By who opened the thread, and by who may change the asset.',
    tag,
    params: byId,
    responses: { 200: { description: 'The thread as it is now.', schema: threadSchema } },
    auth: 'required',
    action: 'catalog:describe',
  })

export const resolveThreadOperation = act('resolve', 'resolveThread', 'Say that a thread is settled')
export const reopenThreadOperation = act('reopen', 'reopenThread', 'Open a settled thread again')

const mentionableQuery = assetSchema.extend({ q: z.string().max(100).default('') })

export const listMentionableOperation = operation({
  operationId: 'listMentionable',
  method: 'GET',
  path: '/api/v1/mentionable-people',
  summary: 'People who may know of an asset, by the beginning of a name; at most eight',
  tag,
  query: mentionableQuery,
  responses: { 200: { description: 'By name.', schema: z.object({ data: z.array(personSchema) }) } },
  auth: 'required',
  action: 'catalog:describe',
})

export const assignInput = z.strictObject({ person: z.string().max(100).describe('An id.') })

export const assignNotificationOperation = operation({
  operationId: 'assignNotification',
  method: 'POST',
  path: '/api/v1/notifications/{id}/assign',
  summary: 'Hand a notification on to somebody who may know of its asset',
  description:
    'It comes to their inbox with the caller’s name, and is put away here. 409 while it has to be acknowledged.',
  tag: 'notifications',
  params: byId,
  body: { schema: assignInput, example: { person: '018f2b7c9a10aa3bd1c4e2f6a7b8c9d0' } },
  responses: { 204: { description: 'It was handed on.' } },
  auth: 'required',
  action: 'catalog:describe',
})

export const commentOperations: Operation[] = [
  listCommentsOperation,
  addCommentOperation,
  editCommentOperation,
  deleteCommentOperation,
  resolveThreadOperation,
  reopenThreadOperation,
  listMentionableOperation,
  assignNotificationOperation,
]
