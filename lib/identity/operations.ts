import { z } from 'zod'
import { actions } from '@/lib/authz/actions'
import { holdsSecret, type Operation, operation } from '@/lib/core/operation'
import { joinOperations } from './join-operations'
import {
  apiKeyInput,
  apiKeySchema,
  canSchema,
  listOf,
  listQuery,
  memberInput,
  meSchema,
  newApiKeySchema,
  newPersonSchema,
  peopleQuery,
  personInput,
  personSchema,
  roleInput,
  roleSchema,
  signInLinkSchema,
  teamInput,
  teamSchema,
  teamUpdateInput,
} from './resources'
import { stateOperations } from './state-operations'

export * from './join-operations'
export type { ApiKeyResource, PersonResource, SessionResource, TeamResource } from './resources'
export * from './state-operations'

const byId = z.object({ id: z.string().max(100) })
const byName = z.object({ name: z.string().max(100) })

export const canQuery = z.object({
  action: z.enum(actions),
  resource: z
    .string()
    .max(200)
    .optional()
    .describe('`kind:name`, e.g. `group:route_delays`; absent: any at all.'),
  environment: z.string().max(63).optional(),
})

export const getMeOperation = operation({
  operationId: 'getMe',
  method: 'GET',
  path: '/api/v1/me',
  tag: 'identity',
  summary: 'Who is asking, with roles and teams',
  responses: { 200: { description: 'The caller.', schema: meSchema } },
  auth: 'required',
})

export const canOperation = operation({
  operationId: 'canI',
  method: 'GET',
  path: '/api/v1/me/can',
  tag: 'identity',
  summary: 'Whether the caller may do something, and why',
  query: canQuery,
  responses: { 200: { description: 'The decision, explained.', schema: canSchema } },
  auth: 'required',
})

export const createApiKeyOperation = operation({
  operationId: 'createApiKey',
  method: 'POST',
  idempotency: holdsSecret,
  path: '/api/v1/api-keys',
  tag: 'identity',
  summary: 'Make an API key',
  body: { schema: apiKeyInput, example: { name: 'nightly training', scopes: ['group:read_offline'] } },
  responses: {
    201: { description: 'The key; its secret is in this answer alone.', schema: newApiKeySchema },
  },
  auth: 'required',
  action: 'key:create',
})

export const listApiKeysOperation = operation({
  operationId: 'listApiKeys',
  method: 'GET',
  path: '/api/v1/api-keys',
  tag: 'identity',
  summary: 'API keys of the caller; all of them for those who manage people',
  query: listQuery,
  responses: { 200: { description: 'Newest first.', schema: listOf(apiKeySchema) } },
  auth: 'required',
  action: 'key:create',
})

export const getApiKeyOperation = operation({
  operationId: 'getApiKey',
  method: 'GET',
  path: '/api/v1/api-keys/{id}',
  tag: 'identity',
  summary: 'One API key, without its secret',
  params: byId,
  responses: { 200: { description: 'The key.', schema: apiKeySchema } },
  auth: 'required',
  action: 'key:create',
})

export const revokeApiKeyOperation = operation({
  operationId: 'revokeApiKey',
  method: 'DELETE',
  path: '/api/v1/api-keys/{id}',
  tag: 'identity',
  summary: 'Revoke an API key, at once and everywhere',
  description: 'Needs If-Match with the ETag that was read, or `*`.',
  params: byId,
  responses: { 204: { description: 'It is worth nothing now.' } },
  auth: 'required',
  action: 'key:create',
})

export const listTeamsOperation = operation({
  operationId: 'listTeams',
  method: 'GET',
  path: '/api/v1/teams',
  tag: 'identity',
  summary: 'Teams with their members',
  query: listQuery,
  responses: { 200: { description: 'By name.', schema: listOf(teamSchema) } },
  auth: 'required',
  action: 'catalog:describe',
})

export const createTeamOperation = operation({
  operationId: 'createTeam',
  method: 'POST',
  path: '/api/v1/teams',
  tag: 'identity',
  summary: 'Create a team',
  body: { schema: teamInput, example: { name: 'flights', description: 'Delays and traffic of flights.' } },
  responses: { 201: { description: 'The team, without members.', schema: teamSchema } },
  auth: 'required',
  action: 'people:manage',
})

export const getTeamOperation = operation({
  operationId: 'getTeam',
  method: 'GET',
  path: '/api/v1/teams/{name}',
  tag: 'identity',
  summary: 'One team with its members',
  params: byName,
  responses: { 200: { description: 'The team.', schema: teamSchema } },
  auth: 'required',
  action: 'catalog:describe',
})

export const updateTeamOperation = operation({
  operationId: 'updateTeam',
  method: 'PATCH',
  path: '/api/v1/teams/{name}',
  tag: 'identity',
  summary: 'Change what is said about a team',
  description: 'Needs If-Match with the ETag that was read, or `*`.',
  params: byName,
  body: { schema: teamUpdateInput, example: { description: 'Delays, traffic and turnarounds.' } },
  responses: { 200: { description: 'The changed team.', schema: teamSchema } },
  auth: 'required',
  action: 'people:manage',
})

export const deleteTeamOperation = operation({
  operationId: 'deleteTeam',
  method: 'DELETE',
  path: '/api/v1/teams/{name}',
  tag: 'identity',
  summary: 'Delete a team that owns nothing',
  description: 'Needs If-Match. A team that owns anything is refused with what that is.',
  params: byName,
  responses: { 204: { description: 'Removed, with its memberships.' } },
  auth: 'required',
  action: 'people:manage',
})

export const setTeamMemberOperation = operation({
  operationId: 'setTeamMember',
  method: 'POST',
  path: '/api/v1/teams/{name}/members',
  tag: 'identity',
  summary: 'Add somebody to a team, or change their membership',
  params: byName,
  body: { schema: memberInput, example: { person: 'mara@example.com', membership: 'maintainer' } },
  responses: { 200: { description: 'The team.', schema: teamSchema } },
  auth: 'required',
  action: 'people:manage',
})

export const listPeopleOperation = operation({
  operationId: 'listPeople',
  method: 'GET',
  path: '/api/v1/people',
  tag: 'identity',
  summary: 'People with their roles and teams',
  query: peopleQuery,
  responses: { 200: { description: 'By name.', schema: listOf(personSchema) } },
  auth: 'required',
  action: 'people:manage',
})

export const createPersonOperation = operation({
  operationId: 'createPerson',
  method: 'POST',
  idempotency: holdsSecret,
  path: '/api/v1/people',
  tag: 'identity',
  summary: 'Create a local account',
  body: {
    schema: personInput,
    example: { email: 'mara@example.com', name: 'Mara Voss', roles: [{ role: 'viewer' }] },
  },
  responses: {
    201: { description: 'The person and a link that signs them in once.', schema: newPersonSchema },
  },
  auth: 'required',
  action: 'people:manage',
})

export const getPersonOperation = operation({
  operationId: 'getPerson',
  method: 'GET',
  path: '/api/v1/people/{id}',
  tag: 'identity',
  summary: 'One person with roles and teams',
  params: byId,
  responses: { 200: { description: 'The person.', schema: personSchema } },
  auth: 'required',
  action: 'people:manage',
})

export const createSignInLinkOperation = operation({
  operationId: 'createSignInLink',
  method: 'POST',
  idempotency: holdsSecret,
  path: '/api/v1/people/{id}/sign-in-links',
  tag: 'identity',
  summary: 'Make a link that signs a person in once; earlier unused ones end',
  params: byId,
  responses: { 201: { description: 'The link, for 24 hours.', schema: signInLinkSchema } },
  auth: 'required',
  action: 'people:manage',
})

export const assignRoleOperation = operation({
  operationId: 'assignRole',
  method: 'POST',
  path: '/api/v1/people/{id}/roles',
  tag: 'identity',
  summary: 'Give somebody a role',
  params: byId,
  body: { schema: roleInput, example: { role: 'producer', team: 'flights' } },
  responses: { 201: { description: 'The assignment.', schema: roleSchema.extend({ id: z.string() }) } },
  auth: 'required',
  action: 'people:manage',
})

export const removeRoleOperation = operation({
  operationId: 'removeRole',
  method: 'DELETE',
  path: '/api/v1/people/{id}/roles/{assignment}',
  tag: 'identity',
  summary: 'Take a role from somebody',
  description: 'Needs If-Match; `*` will do. The last administrator cannot be removed.',
  params: z.object({ id: z.string().max(100), assignment: z.string().max(100) }),
  responses: { 204: { description: 'It is gone, in force at once.' } },
  auth: 'required',
  action: 'people:manage',
})

export const identityOperations: Operation[] = [
  getMeOperation,
  canOperation,
  createApiKeyOperation,
  listApiKeysOperation,
  getApiKeyOperation,
  revokeApiKeyOperation,
  listTeamsOperation,
  createTeamOperation,
  getTeamOperation,
  updateTeamOperation,
  deleteTeamOperation,
  setTeamMemberOperation,
  listPeopleOperation,
  createPersonOperation,
  getPersonOperation,
  createSignInLinkOperation,
  assignRoleOperation,
  removeRoleOperation,
  ...joinOperations,
  ...stateOperations,
]
