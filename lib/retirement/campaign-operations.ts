import { z } from 'zod'
import { instantSchema } from '@/lib/core/instant'
import { type Operation, operation } from '@/lib/core/operation'
import { environmentQuery, listOf, listQuery, textSchema } from '@/lib/registry/operations'
import { assetsSchema, bulkResource, endingMembers } from './bulk-operations'

const tag = 'retirement'
const path = '/api/v1/retirement/campaigns'
const params = z.object({ id: z.string().max(100) })
const instant = z.string().describe('RFC 3339, UTC.')
const count = z.int()

const campaignAnswers = ['keep', 'deprecate', 'archive'] as const

export const startCampaignInput = z.strictObject({
  title: textSchema(200, 1),
  body: textSchema(5000).default('').describe('What owners are asked, and why.'),
  deadline: instantSchema,
  items: assetsSchema,
})

export const answerCampaignInput = z.strictObject({
  items: z.array(z.string().max(100)).min(1).max(500).describe('Ids of items.'),
  answer: z.enum(campaignAnswers),
  ...endingMembers,
})

const itemResource = z.object({
  id: z.string(),
  kind: z.enum(['group', 'service']),
  name: z.string(),
  version: count.nullable(),
  owner_team: z.string(),
  because: z.string().describe('Why it is in the campaign, as the figures were when it began.'),
  answer: z.enum(campaignAnswers).nullable(),
  reason: z.string().nullable(),
  answered_by: z.string().nullable(),
  answered_at: instant.nullable(),
  failure: z.string().nullable().describe('Why an answer could not be carried out.'),
})
export type CampaignItemResource = z.output<typeof itemResource>

const progress = z
  .object({
    kept: count,
    deprecated: count,
    archived: count,
    unanswered: count,
    failed: count.describe('Of those unanswered, where an answer was tried and refused.'),
  })
  .describe('Of the items that the reader may know of.')

const campaignSummaryResource = z.object({
  id: z.string(),
  title: z.string(),
  deadline: instant,
  created_by: z.string(),
  created_at: instant,
  closed_at: instant.nullable(),
  progress,
})
export type CampaignSummaryResource = z.output<typeof campaignSummaryResource>

export const campaignResource = campaignSummaryResource.extend({
  body: z.string(),
  reminded_at: instant.nullable(),
  closed_by: z.string().nullable(),
  items: z.array(itemResource).describe('Those that the reader may know of.'),
})
export type CampaignResource = z.output<typeof campaignResource>

const common = { tag, auth: 'required' } as const
const one = { 200: { description: 'The campaign.', schema: campaignResource } }

export const startCampaignOperation = operation({
  ...common,
  operationId: 'startCampaign',
  method: 'POST',
  path,
  summary: 'Ask the owners of a set what is to become of it',
  query: environmentQuery,
  body: {
    schema: startCampaignInput,
    example: {
      title: 'Unread since spring',
      body: 'Nobody has read these for 90 days. Keep, deprecate or archive?',
      deadline: '2027-01-31T00:00:00Z',
      items: [{ kind: 'group', name: 'route_traffic', version: 1 }],
    },
  },
  responses: { 201: { description: 'The campaign.', schema: campaignResource } },
  action: 'access:recertify',
})

export const listCampaignsOperation = operation({
  ...common,
  operationId: 'listCampaigns',
  method: 'GET',
  path,
  summary: 'Campaigns and how far they are, newest first',
  query: listQuery,
  responses: { 200: { description: 'A page of campaigns.', schema: listOf(campaignSummaryResource) } },
  action: 'catalog:describe',
})

export const getCampaignOperation = operation({
  ...common,
  operationId: 'getCampaign',
  method: 'GET',
  path: `${path}/{id}`,
  params,
  summary: 'A campaign and what each owner answered',
  query: environmentQuery,
  responses: one,
  action: 'catalog:describe',
})

export const answerCampaignOperation = operation({
  ...common,
  operationId: 'answerCampaign',
  method: 'POST',
  path: `${path}/{id}/answers`,
  params,
  summary: 'Keep, deprecate or archive items; done at once, each with its own outcome',
  query: environmentQuery,
  body: {
    schema: answerCampaignInput,
    example: { items: ['01JD0000000000000000000000'], answer: 'keep', reason: 'Used in the yearly report.' },
  },
  responses: { 200: { description: 'An outcome for each.', schema: bulkResource } },
  action: 'catalog:describe',
})

export const remindCampaignOperation = operation({
  ...common,
  operationId: 'remindCampaign',
  method: 'POST',
  path: `${path}/{id}/remind`,
  params,
  summary: 'Remind the teams that have not answered, once a day',
  query: environmentQuery,
  responses: { 200: { description: 'How many people.', schema: z.object({ told: count }) } },
  action: 'access:recertify',
})

export const closeCampaignOperation = operation({
  ...common,
  operationId: 'closeCampaign',
  method: 'POST',
  path: `${path}/{id}/close`,
  params,
  summary: 'End a campaign with its summary',
  description: 'What has no answer stays as it is. Past its deadline it ends by itself.',
  query: environmentQuery,
  responses: one,
  action: 'access:recertify',
})

export const campaignOperations: Operation[] = [
  startCampaignOperation,
  listCampaignsOperation,
  getCampaignOperation,
  answerCampaignOperation,
  remindCampaignOperation,
  closeCampaignOperation,
]
