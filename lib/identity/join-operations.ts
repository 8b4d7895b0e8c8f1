import { z } from 'zod'
import { type Operation, operation } from '@/lib/core/operation'
import { typedText } from '@/lib/notify/operations'

const tag = 'identity'
const instant = z.string().describe('RFC 3339, UTC.')

const joinStates = ['waiting', 'accepted', 'declined', 'withdrawn'] as const

export const joinRequestSchema = z.object({
  id: z.string(),
  team: z.string(),
  person: z.object({ id: z.string(), name: z.string() }),
  reason: z.string(),
  state: z.enum(joinStates),
  mine: z.boolean(),
  may_decide: z.boolean(),
  created_at: instant,
  decided_by: z.string().nullable(),
  decided_at: instant.nullable(),
  decision_reason: z.string().nullable(),
})
export type JoinRequestResource = z.output<typeof joinRequestSchema>

export const joinInput = z.strictObject({ reason: typedText(2000) })
export const joinDecisionInput = z.strictObject({
  reason: typedText(2000).optional(),
  membership: z.enum(['member', 'maintainer']).default('member').describe('As what, when it is accepted.'),
})

export const joinRequestsQuery = z.object({
  state: z.enum(joinStates).default('waiting'),
  team: z.string().max(100).optional(),
})
export type JoinRequestsQuery = z.output<typeof joinRequestsQuery>

export const listJoinRequestsOperation = operation({
  operationId: 'listJoinRequests',
  method: 'GET',
  path: '/api/v1/join-requests',
  tag,
  summary: 'Requests to join a team: the caller’s own, and those that the caller decides; at most 200',
  query: joinRequestsQuery,
  responses: {
    200: { description: 'Oldest first.', schema: z.object({ data: z.array(joinRequestSchema) }) },
  },
  auth: 'required',
  action: 'catalog:describe',
})

export const requestToJoinOperation = operation({
  operationId: 'requestToJoin',
  method: 'POST',
  path: '/api/v1/teams/{name}/join-requests',
  tag,
  summary: 'Ask to become a member of a team',
  description: 'Its maintainers are told. 409 for a member, and while a request waits.',
  params: z.object({ name: z.string().max(100) }),
  body: { schema: joinInput, example: { reason: 'I look after the delay model.' } },
  responses: { 201: { description: 'The request.', schema: joinRequestSchema } },
  auth: 'required',
  action: 'catalog:describe',
})

const act = (name: string, operationId: string, summary: string) =>
  operation({
    operationId,
    method: 'POST',
    path: `/api/v1/join-requests/{id}/${name}`,
    tag,
    summary,
    params: z.object({ id: z.string().max(100) }),
    body: { schema: joinDecisionInput, example: { reason: 'Welcome to the flights team.' } },
    responses: { 200: { description: 'The request as it is now.', schema: joinRequestSchema } },
    auth: 'required',
    action: 'catalog:describe',
  })

export const acceptJoinOperation = act(
  'accept',
  'acceptJoinRequest',
  'Take somebody into the team, by a maintainer of it',
)
export const declineJoinOperation = act('decline', 'declineJoinRequest', 'Decline a request to join')
export const withdrawJoinOperation = act('withdraw', 'withdrawJoinRequest', 'Withdraw one’s own request')

export const joinOperations: Operation[] = [
  listJoinRequestsOperation,
  requestToJoinOperation,
  acceptJoinOperation,
  declineJoinOperation,
  withdrawJoinOperation,
]
