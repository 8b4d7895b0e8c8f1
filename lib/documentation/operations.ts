import { z } from 'zod'
import { type Operation, operation } from '@/lib/core/operation'
import { isStorableText, unstorableReason } from '@/lib/core/text'
import { followedKinds } from '@/lib/notify/operations'
import { longestDocumentation } from './plain'

const tag = 'documentation'
const instant = z.string().describe('RFC 3339, UTC.')

const storable = (most: number) => z.string().max(most).refine(isStorableText, unstorableReason)

const assetSchema = z.object({ kind: z.enum(followedKinds), name: z.string().max(200) })
export type DocumentedAsset = z.output<typeof assetSchema>

export const documentationSchema = z.object({
  asset: assetSchema,
  text: z.string().describe('Markdown; empty: nobody has written any. Raw HTML in it is shown as it stands.'),
  revision: z.int().describe('0 while there has never been a text.'),
  changed_by: z.string().nullable(),
  changed_at: instant.nullable(),
  change: z.object({ allowed: z.boolean(), rule: z.string(), who_can_help: z.array(z.string()) }),
  etag: z.string(),
})
export type DocumentationResource = z.output<typeof documentationSchema>

export const changeDocumentationInput = z.strictObject({
  text: storable(longestDocumentation).describe('The whole text; empty takes it away.'),
  reason: storable(2000).optional(),
})

const revisionSchema = z.object({
  revision: z.int(),
  text: z.string(),
  author: z.string(),
  reason: z.string().nullable(),
  created_at: instant,
})
export type DocumentationRevision = z.output<typeof revisionSchema>

export const listDocumentationQuery = z.object({
  limit: z.coerce.number().int().min(1).max(50).default(20),
  cursor: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
})
export type ListDocumentationQuery = z.output<typeof listDocumentationQuery>

const revisionPage = z.object({
  data: z.array(revisionSchema),
  meta: z.object({ next_cursor: z.string().nullable(), total: z.int() }),
})
export type DocumentationHistory = z.output<typeof revisionPage>

const path = '/api/v1/documentation/{kind}/{name}'

export const getDocumentationOperation = operation({
  operationId: 'getDocumentation',
  method: 'GET',
  path,
  summary: 'The documentation of an asset, in Markdown',
  tag,
  params: assetSchema,
  responses: { 200: { description: 'The text, its ETag beside it.', schema: documentationSchema } },
  auth: 'required',
  action: 'catalog:describe',
})

export const changeDocumentationOperation = operation({
  operationId: 'changeDocumentation',
  method: 'PATCH',
  path,
  summary: 'Write or change the documentation of an asset',
  description:
    'By who may change the asset. Needs If-Match with the ETag that was read, or `*`. The text before stays among its revisions; the same text again makes none.',
  tag,
  params: assetSchema,
  body: {
    schema: changeDocumentationInput,
    example: { text: '## When to use it\n\nFor routes with at least ten flights a week.' },
  },
  responses: { 200: { description: 'The text as it is now.', schema: documentationSchema } },
  auth: 'required',
  action: 'catalog:describe',
})

export const listDocumentationOperation = operation({
  operationId: 'listDocumentationRevisions',
  method: 'GET',
  path: `${path}/revisions`,
  summary: 'Every text that the documentation of an asset has had, newest first',
  tag,
  params: assetSchema,
  query: listDocumentationQuery,
  responses: { 200: { description: 'A page of texts.', schema: revisionPage } },
  auth: 'required',
  action: 'catalog:describe',
})

export const documentationOperations: Operation[] = [
  getDocumentationOperation,
  changeDocumentationOperation,
  listDocumentationOperation,
]
