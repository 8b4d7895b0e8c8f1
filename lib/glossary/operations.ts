import { z } from 'zod'
import { nameSchema } from '@/lib/core/names'
import { type Operation, operation } from '@/lib/core/operation'
import { typedText } from '@/lib/notify/operations'

const tag = 'glossary'
const path = '/api/v1/glossary-terms'
const instant = z.string().describe('RFC 3339, UTC.')

const wordsSchema = z
  .string()
  .trim()
  .max(100)
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N} _.&'’()+%-]*$/u,
    "must begin with a letter or digit, and hold only letters, digits, spaces and _ . & ' ( ) + % -",
  )
  .transform((text) => text.normalize('NFC').replaceAll(/ +/g, ' '))

export const termSchema = z.object({
  name: z.string(),
  meaning: z.string().describe('Markdown.'),
  synonyms: z.array(z.string()),
  owner_team: z.string(),
  created_by: z.string(),
  created_at: instant,
  updated_at: instant,
  etag: z.string(),
})
export type TermResource = z.output<typeof termSchema>

const said = {
  meaning: typedText(5000).describe('Markdown. Its first sentence is shown where the term is linked.'),
  synonyms: z
    .array(wordsSchema)
    .max(20)
    .describe('Other words for the same, which are linked and found too.'),
  owner_team: nameSchema,
}

export const addTermInput = z.strictObject({
  name: wordsSchema.describe('As it is written; it stays.'),
  meaning: said.meaning,
  synonyms: said.synonyms.default([]),
  owner_team: nameSchema.nullish().describe('Absent: the only team of the caller, else `default`.'),
})

export const changeTermInput = z.strictObject({
  meaning: said.meaning.optional(),
  synonyms: said.synonyms.optional(),
  owner_team: said.owner_team.optional(),
})

export const listTermsQuery = z.object({
  q: z.string().max(200).optional().describe('In names, synonyms and meanings.'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
})
export type ListTermsQuery = z.output<typeof listTermsQuery>

const params = z.object({ name: z.string().max(200).describe('In any case.') })
const byName = { path: `${path}/{name}`, tag, params, auth: 'required' } as const
const answer = { 200: { description: 'As it stands, its ETag beside it.', schema: termSchema } }

export const listTermsOperation = operation({
  operationId: 'listGlossaryTerms',
  method: 'GET',
  path,
  summary: 'The terms of the glossary, by name',
  tag,
  query: listTermsQuery,
  responses: {
    200: {
      description: 'A page of terms.',
      schema: z.object({
        data: z.array(termSchema),
        meta: z.object({ next_cursor: z.string().nullable(), total: z.int() }),
      }),
    },
  },
  auth: 'required',
  action: 'catalog:describe',
})

export const addTermOperation = operation({
  operationId: 'addGlossaryTerm',
  method: 'POST',
  path,
  summary: 'Add a term to the glossary',
  description:
    'Where the term or one of its synonyms stands in a description or documentation, it is linked with its meaning.',
  tag,
  body: {
    schema: addTermInput,
    example: {
      name: 'Block time',
      meaning: 'From leaving the gate to reaching the next one.',
      synonyms: ['gate-to-gate time'],
    },
  },
  responses: { 201: { description: 'The term.', schema: termSchema } },
  auth: 'required',
  action: 'group:create',
})

export const getTermOperation = operation({
  ...byName,
  operationId: 'getGlossaryTerm',
  method: 'GET',
  summary: 'Read a term of the glossary',
  responses: answer,
  action: 'catalog:describe',
})

export const changeTermOperation = operation({
  ...byName,
  operationId: 'changeGlossaryTerm',
  method: 'PATCH',
  summary: 'Change what a term means, its synonyms or its owner',
  description: 'Needs If-Match with the ETag that was read, or `*`.',
  body: { schema: changeTermInput, example: { synonyms: ['gate-to-gate time', 'block hours'] } },
  responses: answer,
  action: 'group:update',
})

export const removeTermOperation = operation({
  ...byName,
  operationId: 'removeGlossaryTerm',
  method: 'DELETE',
  summary: 'Remove a term; texts that name it stay as they are',
  description: 'Needs If-Match with the ETag that was read, or `*`.',
  responses: { 204: { description: 'Removed.' } },
  action: 'group:delete',
})

export const glossaryOperations: Operation[] = [
  listTermsOperation,
  addTermOperation,
  getTermOperation,
  changeTermOperation,
  removeTermOperation,
]
