import { z } from 'zod'
import { type Operation, operation } from '@/lib/core/operation'
import { isStorableText, unstorableReason } from '@/lib/core/text'
import { viewParameters } from './plain'

const tag = 'saved views'
const instant = z.string().describe('RFC 3339, UTC.')
const byId = z.object({ id: z.string().max(100) })

const text = (most: number) => z.string().max(most).refine(isStorableText, unstorableReason)

const querySchema = z
  .partialRecord(z.enum(viewParameters), z.array(text(200)).max(50))
  .describe('Parameters of the catalogue’s address, each with its values.')

const sharedWith = ['nobody', 'team', 'everyone'] as const

const viewSchema = z.object({
  id: z.string(),
  name: z.string(),
  query: querySchema,
  shared_with: z.enum(sharedWith),
  team: z.string().nullable().describe('The team that it is shared with.'),
  owner: z.object({ id: z.string(), name: z.string() }),
  mine: z.boolean(),
  may_edit: z.boolean(),
  created_at: instant,
  updated_at: instant,
  etag: z.string(),
})
export type ViewResource = z.output<typeof viewSchema>

const name = text(100).trim().min(1, 'must not be empty')
const sharing = {
  shared_with: z.enum(sharedWith),
  team: text(63).describe('With `shared_with: "team"`: one that the caller is in.'),
}

export const createViewInput = z.strictObject({
  name,
  query: querySchema,
  shared_with: sharing.shared_with.default('nobody'),
  team: sharing.team.optional(),
})
export const updateViewInput = z
  .strictObject({ name, query: querySchema, ...sharing })
  .partial()
  .refine((given) => Object.keys(given).length > 0, 'changes nothing')

export const listViewsQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
})
export type ListViewsQuery = z.output<typeof listViewsQuery>

const viewPageSchema = z.object({
  data: z.array(viewSchema),
  meta: z.object({ next_cursor: z.string().nullable(), total: z.int() }),
})
export type ViewPage = z.output<typeof viewPageSchema>

const common = { tag, auth: 'required', action: 'catalog:describe' } as const
const one = { 200: { description: 'The view.', schema: viewSchema } }

export const listViewsOperation = operation({
  ...common,
  operationId: 'listSavedViews',
  method: 'GET',
  path: '/api/v1/saved-views',
  summary: 'Views of the catalogue: the caller’s own, those of their teams and of everyone',
  query: listViewsQuery,
  responses: { 200: { description: 'By name.', schema: viewPageSchema } },
})

const example = {
  name: 'Certified delays',
  query: { q: ['delay'], certified: ['certified'], sort: ['-updated_at'] },
  shared_with: 'team',
  team: 'flights',
}

export const createViewOperation = operation({
  ...common,
  operationId: 'createSavedView',
  method: 'POST',
  path: '/api/v1/saved-views',
  summary: 'Keep a view of the catalogue',
  description: '409 when the caller has one of that name. What a view finds depends on who opens it.',
  body: { schema: createViewInput, example },
  responses: { 201: { description: 'The view.', schema: viewSchema } },
})

export const getViewOperation = operation({
  ...common,
  operationId: 'getSavedView',
  method: 'GET',
  path: '/api/v1/saved-views/{id}',
  summary: 'Read a view',
  params: byId,
  responses: one,
})

const whose =
  'Its owner’s, a shared one also the team’s maintainers’ and an administrator’s. Needs If-Match with the ETag that was read, or `*`.'

export const updateViewOperation = operation({
  ...common,
  operationId: 'updateSavedView',
  method: 'PATCH',
  path: '/api/v1/saved-views/{id}',
  summary: 'Rename, change or share a view',
  description: whose,
  params: byId,
  body: { schema: updateViewInput, example: { name: 'Delays' } },
  responses: one,
})

export const deleteViewOperation = operation({
  ...common,
  operationId: 'deleteSavedView',
  method: 'DELETE',
  path: '/api/v1/saved-views/{id}',
  summary: 'Delete a view',
  description: whose,
  params: byId,
  responses: { 204: { description: 'It is gone.' } },
})

export const viewOperations: Operation[] = [
  listViewsOperation,
  createViewOperation,
  getViewOperation,
  updateViewOperation,
  deleteViewOperation,
]
