import { z } from 'zod'
import { type Operation, operation } from '@/lib/core/operation'
import { personSchema, personStateInput, sessionSchema, sessionsQuery } from './resources'

const byId = z.object({ id: z.string().max(100) })

export const disablePersonOperation = operation({
  operationId: 'disablePerson',
  method: 'POST',
  path: '/api/v1/people/{id}/disable',
  tag: 'identity',
  summary: 'Shut somebody out: sessions, API keys and unused links end at once',
  description: 'Roles and memberships stay. The last administrator and oneself cannot be disabled.',
  params: byId,
  body: { schema: personStateInput, example: { reason: 'Left the company.' } },
  responses: { 200: { description: 'The person.', schema: personSchema } },
  auth: 'required',
  action: 'people:manage',
})

export const enablePersonOperation = operation({
  operationId: 'enablePerson',
  method: 'POST',
  path: '/api/v1/people/{id}/enable',
  tag: 'identity',
  summary: 'Let somebody in again; keys and sessions that ended stay ended',
  params: byId,
  body: { schema: personStateInput, example: { reason: 'Came back.' } },
  responses: { 200: { description: 'The person.', schema: personSchema } },
  auth: 'required',
  action: 'people:manage',
})

export const removeTeamMemberOperation = operation({
  operationId: 'removeTeamMember',
  method: 'DELETE',
  path: '/api/v1/teams/{name}/members/{person}',
  tag: 'identity',
  summary: 'Take somebody out of a team',
  description: 'Needs If-Match; `*` will do.',
  params: z.object({ name: z.string().max(100), person: z.string().max(100) }),
  responses: { 204: { description: 'No member any more, in force at once.' } },
  auth: 'required',
  action: 'people:manage',
})

export const listSessionsOperation = operation({
  operationId: 'listSessions',
  method: 'GET',
  path: '/api/v1/sessions',
  tag: 'identity',
  summary: 'Open browser sessions of the caller, or of a person for those who manage people',
  query: sessionsQuery,
  responses: {
    200: { description: 'Last seen first.', schema: z.object({ data: z.array(sessionSchema) }) },
  },
  auth: 'required',
})

export const endSessionOperation = operation({
  operationId: 'endSession',
  method: 'DELETE',
  path: '/api/v1/sessions/{id}',
  tag: 'identity',
  summary: 'End a browser session, at once and everywhere',
  description: 'Needs If-Match; `*` will do.',
  params: byId,
  responses: { 204: { description: 'It is signed out.' } },
  auth: 'required',
})

export const stateOperations: Operation[] = [
  disablePersonOperation,
  enablePersonOperation,
  removeTeamMemberOperation,
  listSessionsOperation,
  endSessionOperation,
]
