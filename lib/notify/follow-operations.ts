import { z } from 'zod'
import { type Operation, operation } from '@/lib/core/operation'
import { followedKinds } from './followed-kinds'

const tag = 'notifications'

export * from './followed-kinds'

const asset = { kind: z.enum(followedKinds), name: z.string().max(200) }

export const followSchema = z.object({
  asset: z.object(asset),
  following: z.boolean(),
  automatic: z.boolean().describe('As a member of the owner team, without having asked for it.'),
  followers: z.int(),
})
export type FollowResource = z.output<typeof followSchema>

export const followedSchema = z.object({
  asset: z.object(asset),
  owner_team: z.string(),
  lifecycle: z.enum(['draft', 'in_review', 'active', 'deprecated', 'archived']),
  automatic: z.boolean(),
  since: z.string().nullable().describe('RFC 3339, UTC; null for what a team owns.'),
})
export type FollowedResource = z.output<typeof followedSchema>

export const listFollowsQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(400).optional(),
})

const path = '/api/v1/follows/{kind}/{name}'
const params = z.object(asset)
const answer = { 200: { description: 'Whether the caller follows it.', schema: followSchema } }

export const listFollowsOperation = operation({
  operationId: 'listFollows',
  method: 'GET',
  path: '/api/v1/follows',
  summary: 'What the caller follows, by name',
  description: 'What a team of the caller owns is followed without asking, features with their group.',
  tag,
  query: listFollowsQuery,
  responses: {
    200: {
      description: 'A page of assets.',
      schema: z.object({
        data: z.array(followedSchema),
        meta: z.object({ next_cursor: z.string().nullable(), total: z.int() }),
      }),
    },
  },
  auth: 'required',
  action: 'catalog:describe',
})

export const getFollowOperation = operation({
  operationId: 'getFollow',
  method: 'GET',
  path,
  summary: 'Whether the caller follows an asset, and how many people do',
  tag,
  params,
  responses: answer,
  auth: 'required',
  action: 'catalog:describe',
})

export const followOperation = operation({
  operationId: 'followAsset',
  method: 'PUT',
  path,
  summary: 'Follow an asset: its changes come to the inbox',
  tag,
  params,
  responses: answer,
  auth: 'required',
  action: 'catalog:describe',
})

export const unfollowOperation = operation({
  operationId: 'unfollowAsset',
  method: 'DELETE',
  path,
  summary: 'Follow an asset no longer, also as a member of its owner team',
  tag,
  params,
  ifMatch: false,
  responses: answer,
  auth: 'required',
  action: 'catalog:describe',
})

export const followOperations: Operation[] = [
  listFollowsOperation,
  getFollowOperation,
  followOperation,
  unfollowOperation,
]
