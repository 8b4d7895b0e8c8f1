import { z } from 'zod'
import { type Operation, operation } from '@/lib/core/operation'
import { environmentQuery, listOf, listQuery, pathName } from './fields'
import { registerEntityInput, updateEntityInput } from './inputs'
import { entityResource, sourceResource } from './resources'
import { registerSourceInput, updateSourceInput } from './source-kinds'

const params = z.object({ name: pathName })

interface Noun {
  /** As it stands in operation ids. */
  one: 'Entity' | 'Source'
  path: string
  tag: string
  words: string
  resource: z.ZodType
  register: z.ZodType
  update: z.ZodType
  registerExample: unknown
  updateExample: unknown
}

/** Entities and sources are registered, read, changed and removed alike. */
function operationsOf(noun: Noun) {
  const { one, path, tag, words, resource } = noun
  const byName = { path: `${path}/{name}`, tag, params, auth: 'required' } as const
  return {
    register: operation({
      operationId: `register${one}`,
      method: 'POST',
      path,
      summary: `Register ${words}`,
      tag,
      body: { schema: noun.register, example: noun.registerExample },
      responses: { 201: { description: 'Registered.', schema: resource } },
      auth: 'required',
      action: 'group:create',
    }),
    list: operation({
      operationId: `list${one === 'Entity' ? 'Entities' : 'Sources'}`,
      method: 'GET',
      path,
      summary: `List ${tag}`,
      tag,
      query: listQuery,
      responses: { 200: { description: 'A page.', schema: listOf(resource) } },
      auth: 'required',
      action: 'catalog:describe',
    }),
    get: operation({
      ...byName,
      operationId: `get${one}`,
      method: 'GET',
      summary: `Read ${words}`,
      query: environmentQuery,
      responses: { 200: { description: 'As it stands, its ETag beside it.', schema: resource } },
      action: 'catalog:describe',
    }),
    update: operation({
      ...byName,
      operationId: `update${one}`,
      method: 'PATCH',
      summary: `Change ${words}`,
      description: 'Needs If-Match with the ETag that was read, or `*`.',
      body: { schema: noun.update, example: noun.updateExample },
      responses: { 200: { description: 'As it stands now.', schema: resource } },
      action: 'group:update',
    }),
    remove: operation({
      ...byName,
      operationId: `delete${one}`,
      method: 'DELETE',
      summary: `Delete ${words} that no feature group uses`,
      description: 'Needs If-Match. Refused with the list of users when it is in use.',
      responses: { 204: { description: 'Removed.' } },
      action: 'group:delete',
    }),
  }
}

const entity = operationsOf({
  one: 'Entity',
  path: '/api/v1/entities',
  tag: 'entities',
  words: 'an entity',
  resource: entityResource,
  register: registerEntityInput,
  update: updateEntityInput,
  registerExample: {
    name: 'customer',
    description: 'A person with an account.',
    keys: [{ name: 'customer_id', type: 'int64' }],
  },
  updateExample: { description: 'A person or company with an account.' },
})

const source = operationsOf({
  one: 'Source',
  path: '/api/v1/sources',
  tag: 'sources',
  words: 'a data source',
  resource: sourceResource,
  register: registerSourceInput,
  update: updateSourceInput,
  registerExample: {
    name: 'web_events',
    description: 'Clicks, one file an hour.',
    kind: 'file',
    config: { path: 'events/*.parquet' },
    freshness: 'PT1H',
  },
  updateExample: { freshness: 'PT2H' },
})

export const registerEntityOperation = entity.register
export const listEntitiesOperation = entity.list
export const getEntityOperation = entity.get
export const updateEntityOperation = entity.update
export const deleteEntityOperation = entity.remove
export const registerSourceOperation = source.register
export const listSourcesOperation = source.list
export const getSourceOperation = source.get
export const updateSourceOperation = source.update
export const deleteSourceOperation = source.remove

export const entityOperations: Operation[] = Object.values(entity)
export const sourceOperations: Operation[] = Object.values(source)
