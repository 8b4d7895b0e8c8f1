import { z } from 'zod'
import { type Operation, operation } from '@/lib/core/operation'
import { descriptionSchema, environmentQuery, listOf, listQuery, nameSchema, pathName } from './fields'

const tag = 'domains'
const path = '/api/v1/domains'
const params = z.object({ name: pathName })

export const domainResource = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  owner_team: z.string(),
  groups: z.array(z.string()),
  entities: z.array(z.string()),
  sample: z.boolean(),
  created_at: z.string(),
  created_by: z.string(),
  updated_at: z.string(),
  etag: z.string(),
})
export type DomainResource = z.output<typeof domainResource>

export const registerDomainInput = z.strictObject({
  name: nameSchema,
  description: descriptionSchema.default(''),
  owner_team: nameSchema.nullish(),
})

export const updateDomainInput = z.strictObject({
  description: descriptionSchema.optional(),
  owner_team: nameSchema.optional(),
})

export const registerDomainOperation = operation({
  operationId: 'registerDomain',
  method: 'POST',
  path,
  summary: 'Register a domain: a business area that groups entities and groups',
  tag,
  body: {
    schema: registerDomainInput,
    example: { name: 'network', description: 'Airports, routes and what flies between them.' },
  },
  responses: { 201: { description: 'Registered.', schema: domainResource } },
  auth: 'required',
  action: 'group:create',
})

export const listDomainsOperation = operation({
  operationId: 'listDomains',
  method: 'GET',
  path,
  summary: 'List domains with their groups and entities',
  tag,
  query: listQuery,
  responses: { 200: { description: 'A page.', schema: listOf(domainResource) } },
  auth: 'required',
  action: 'catalog:describe',
})

const byName = { path: `${path}/{name}`, tag, params, auth: 'required' } as const

export const getDomainOperation = operation({
  ...byName,
  operationId: 'getDomain',
  method: 'GET',
  summary: 'Read a domain',
  query: environmentQuery,
  responses: { 200: { description: 'As it stands, its ETag beside it.', schema: domainResource } },
  action: 'catalog:describe',
})

export const updateDomainOperation = operation({
  ...byName,
  operationId: 'updateDomain',
  method: 'PATCH',
  summary: 'Change what is said about a domain, or who owns it',
  description: 'Needs If-Match with the ETag that was read, or `*`.',
  body: { schema: updateDomainInput, example: { description: 'Airports and routes.' } },
  responses: { 200: { description: 'As it stands now.', schema: domainResource } },
  action: 'group:update',
})

export const deleteDomainOperation = operation({
  ...byName,
  operationId: 'deleteDomain',
  method: 'DELETE',
  summary: 'Delete a domain that nothing names',
  description: 'Needs If-Match. Refused with the list of users when it is in use.',
  responses: { 204: { description: 'Removed.' } },
  action: 'group:delete',
})

export const domainOperations: Operation[] = [
  registerDomainOperation,
  listDomainsOperation,
  getDomainOperation,
  updateDomainOperation,
  deleteDomainOperation,
]
