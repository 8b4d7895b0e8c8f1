import { z } from 'zod'
import { type Operation, operation } from '@/lib/core/operation'
import {
  classificationNames,
  environmentQuery,
  listOf,
  pathName,
  textSchema,
} from '@/lib/registry/operations'

const tag = 'governance'
const base = '/api/v1/change-sets'
const instant = z.string().describe('RFC 3339, UTC.')
const reason = textSchema(2000, 1)

/** A set larger than this is several. */
const mostItems = 1000

const itemInput = z.strictObject({ group: pathName, version: z.int().min(1).max(2_147_483_647) })

export const submitTogetherInput = z.strictObject({
  title: textSchema(200, 1),
  reason: reason.optional(),
  items: z.array(itemInput).min(1, 'must name at least one version').max(mostItems),
})
export const setDecisionInput = z.strictObject({ reason: reason.optional() })
export const reasonedSetDecisionInput = z.strictObject({ reason })

const changeSetStates = ['in_review', 'approved', 'changes_requested', 'rejected', 'withdrawn'] as const

const setItem = z.object({
  group: z.string(),
  version: z.int(),
  state: z.string(),
  owner_team: z.string(),
  classification: z.enum(classificationNames),
  risk: z.enum(['low', 'medium', 'high']).nullable(),
  compatible: z.boolean().nullable().describe('With the version that it follows; null for a first one.'),
  changes: z.int().describe('How many fields differ from the version that it follows.'),
  compared_with: z.int().nullable(),
})
export type ChangeSetItem = z.output<typeof setItem>

const members = {
  id: z.string(),
  title: z.string(),
  reason: z.string().nullable(),
  state: z.enum(changeSetStates),
  author: z.string(),
  created_at: instant,
  decided: z.object({ by: z.string(), at: instant, reason: z.string().nullable() }).nullable(),
  item_count: z.int().describe('Of the versions that the caller may know of.'),
  etag: z.string(),
}

export const changeSetSummary = z.object(members)
export type ChangeSetSummary = z.output<typeof changeSetSummary>

const setAct = z.object({
  act: z.enum(['approve', 'request_changes', 'reject', 'withdraw']),
  allowed: z.boolean(),
  rule: z.string().describe('What decided, of the first version that refuses.'),
  who_can_help: z.array(z.string()),
})
export type ChangeSetAct = z.output<typeof setAct>

export const changeSetResource = z.object({
  ...members,
  items: z.array(setItem),
  risk: z.enum(['low', 'medium', 'high']).nullable().describe('The highest among its versions.'),
  risk_reasons: z.array(z.string()),
  approvals: z.array(z.string()),
  approvals_needed: z.int().describe('The most that one of its versions asks for.'),
  due_at: instant.nullable(),
  open_threads: z.int(),
  stale: z.array(z.string()).describe('Versions whose base has changed since they were submitted.'),
  acts: z.array(setAct),
})
export type ChangeSetResource = z.output<typeof changeSetResource>

const params = z.object({ id: z.string().max(64) })
const common = { tag, auth: 'required' as const }
const answer = { description: 'The change set.', schema: changeSetResource }

export const submitTogetherOperation = operation({
  ...common,
  operationId: 'submitChangeSet',
  method: 'POST',
  path: base,
  summary: 'Submit several drafts as one review',
  description: 'All of them or none: they are submitted, and later decided, in one transaction.',
  query: environmentQuery,
  body: {
    schema: submitTogetherInput,
    example: {
      title: 'Delays in seconds',
      reason: 'One unit everywhere.',
      items: [
        { group: 'route_delays', version: 2 },
        { group: 'airport_delays', version: 3 },
      ],
    },
  },
  responses: { 201: answer },
  action: 'version:submit',
})

export const listChangeSetsQuery = environmentQuery.extend({
  state: z.enum(changeSetStates).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
})

export const listChangeSetsOperation = operation({
  ...common,
  operationId: 'listChangeSets',
  method: 'GET',
  path: base,
  summary: 'List change sets, newest first',
  query: listChangeSetsQuery,
  responses: { 200: { description: 'A page of change sets.', schema: listOf(changeSetSummary) } },
  action: 'catalog:describe',
})

export const getChangeSetOperation = operation({
  ...common,
  operationId: 'getChangeSet',
  method: 'GET',
  path: `${base}/{id}`,
  summary: 'Read a change set with its versions, and who may decide on it',
  params,
  query: environmentQuery,
  responses: { 200: answer },
  action: 'catalog:describe',
})

const act = (
  name: 'approve' | 'request-changes' | 'reject' | 'withdraw',
  operationId: string,
  summary: string,
) =>
  operation({
    ...common,
    operationId,
    method: 'POST',
    path: `${base}/{id}/${name}`,
    summary,
    description:
      'One decision on all of its versions in one transaction, each by the rules of a decision on it alone. With If-Match it is refused when the set moved on.',
    params,
    query: environmentQuery,
    body: {
      schema: name === 'approve' ? setDecisionInput : reasonedSetDecisionInput,
      example: { reason: 'Read with the owners.' },
    },
    responses: { 200: answer },
    action: name === 'withdraw' ? 'version:submit' : 'version:approve',
  })

export const approveChangeSetOperation = act('approve', 'approveChangeSet', 'Approve a change set')
export const requestChangesOfSetOperation = act(
  'request-changes',
  'requestChangesOfChangeSet',
  'Send a change set back to its author',
)
export const rejectChangeSetOperation = act('reject', 'rejectChangeSet', 'Refuse a change set for good')
export const withdrawChangeSetOperation = act('withdraw', 'withdrawChangeSet', 'Take a change set back')

export const decideReviewsInput = z.strictObject({
  decision: z.enum(['approve', 'request_changes']),
  reason: reason.optional(),
  items: z
    .array(
      z.union([
        itemInput.extend({ etag: z.string().max(100).optional() }),
        z.strictObject({ change_set: z.string().max(64), etag: z.string().max(100).optional() }),
      ]),
    )
    .min(1)
    .max(200),
})

const outcome = z.object({
  group: z.string().nullable(),
  version: z.int().nullable(),
  change_set: z.string().nullable(),
  done: z.boolean(),
  state: z.string().nullable().describe('Afterwards; null when nothing was done.'),
  problem: z.object({ code: z.string(), detail: z.string() }).nullable(),
})
export type DecisionOutcome = z.output<typeof outcome>

export const decideReviewsOperation = operation({
  ...common,
  operationId: 'decideReviews',
  method: 'POST',
  path: '/api/v1/reviews/decide',
  summary: 'Decide several reviews with one reason',
  description:
    'Each for itself: one that is refused does not stop the others. Requesting changes needs a reason.',
  query: environmentQuery,
  body: {
    schema: decideReviewsInput,
    example: { decision: 'approve', items: [{ group: 'route_delays', version: 2 }] },
  },
  responses: {
    200: {
      description: 'What became of each, in the order asked.',
      schema: z.object({ data: z.array(outcome) }),
    },
  },
  action: 'version:approve',
})

export const changeSetOperations: Operation[] = [
  submitTogetherOperation,
  listChangeSetsOperation,
  getChangeSetOperation,
  approveChangeSetOperation,
  requestChangesOfSetOperation,
  rejectChangeSetOperation,
  withdrawChangeSetOperation,
  decideReviewsOperation,
]
