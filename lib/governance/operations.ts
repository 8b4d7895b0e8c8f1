import { z } from 'zod'
import { type Operation, operation } from '@/lib/core/operation'
import {
  classificationNames,
  environmentQuery,
  listOf,
  pathName,
  versionNumber,
} from '@/lib/registry/operations'
import { changeSetOperations } from './change-set-operations'
import { threadOperations } from './thread-operations'

export * from './change-set-operations'
export * from './thread-operations'

const tag = 'governance'
const instant = z.string().describe('RFC 3339, UTC.')

const states = ['draft', 'in_review', 'active', 'deprecated', 'archived'] as const
export const reviewSteps = ['submit', 'approve', 'promote'] as const
export type ReviewStep = (typeof reviewSteps)[number]

const members = {
  group: z.string(),
  version: z.int(),
  state: z.enum(states),
  change: z.enum(['first', 'new_version']).describe('`new_version` takes the place of one that stands.'),
  classification: z.enum(classificationNames),
  owner_team: z.string(),
  author: z.string(),
  authors: z.array(z.string()).describe('Everybody who had a hand in it: none of them approves it.'),
  submitted_by: z.string().nullable(),
  since: instant.describe('When it came into its state: created, submitted or approved.'),
  environments: z.array(z.string()).describe('Where it stands and is not served yet.'),
  risk: z.enum(['low', 'medium', 'high']).nullable().describe('Null unless it is in review.'),
  risk_reasons: z.array(z.string()),
  approvals: z.array(z.string()).describe('Who has approved what stands now, by name.'),
  approvals_needed: z.int(),
  due_at: instant.nullable().describe('By when it should be decided.'),
  change_set: z
    .object({ id: z.string(), title: z.string() })
    .nullable()
    .describe('What it was submitted with, and is decided with.'),
}

/** A version that waits for somebody's next step. */
export const reviewResource = z.object({
  ...members,
  step: z.enum(reviewSteps).describe('What has to happen next.'),
  waits_for_me: z.boolean(),
  waits_for: z.array(z.string()).describe('Who else can take the step, by name.'),
  items: z
    .int()
    .describe(
      'How many versions this line stands for: of a change set one line tells, named after its first.',
    ),
  etag: z.string().nullable().describe('For a decision on what was seen; null where none is to be made.'),
})
export type ReviewResource = z.output<typeof reviewResource>

const actSchema = z.object({
  act: z.enum(['submit', 'approve', 'request_changes', 'reject', 'withdraw', 'promote']),
  environment: z.string().nullable(),
  allowed: z.boolean(),
  rule: z.string().describe('What decided, in words.'),
  who_can_help: z.array(z.string()),
})
export type ReviewAct = z.output<typeof actSchema>

const eventSchema = z.object({
  id: z.string(),
  time: instant,
  actor: z.string(),
  action: z.string(),
  environment: z.string().nullable(),
  reason: z.string().nullable(),
})
export type ReviewEvent = z.output<typeof eventSchema>

const contractSchema = z.object({
  in_force: z.object({ number: z.int(), terms: z.int() }).nullable(),
  proposed: z
    .object({ number: z.int(), waits_for: z.array(z.string()) })
    .nullable()
    .describe('The newest that is not in force yet.'),
  followed: z
    .int()
    .nullable()
    .describe('The contract in force on the version that it follows, while none is in force on this one.'),
  open_breaches: z.int().describe('In the environment.'),
  environment: z.string(),
})
export type ReviewContract = z.output<typeof contractSchema>

/** One version under review: the acts that its state allows, and for each whether the caller may. */
export const reviewDetailResource = z.object({
  ...members,
  compared_with: z.int().nullable().describe('The version that it follows.'),
  missing: z.array(z.string()).describe('What must be written down before it can be submitted.'),
  tests: z
    .object({ state: z.enum(['passed', 'failed', 'not_run', 'none']), at: instant.nullable() })
    .describe('Of its transformation, on exactly the definition as it is; they must have passed.'),
  commits: z.array(z.object({ environment: z.string(), commits: z.int() })),
  acts: z.array(actSchema),
  history: z.array(eventSchema).describe('What was done with it, newest first.'),
  unfilled: z.array(z.string()).describe('Fields that the organisation asks for and that are empty.'),
  misnamed: z
    .array(z.string())
    .describe('What the organisation’s naming rules have against names that it brings, in words.'),
  contract: contractSchema,
  may_edit: z.boolean().describe('Whether the caller may apply what is suggested.'),
  threads: z.object({ open: z.int(), all: z.int() }).describe('Of those that the caller may know of.'),
  stale: z.boolean().describe('What it follows has changed since it was submitted: it cannot be approved.'),
  reviewers: z.array(z.string()).describe('Whom to ask, by name.'),
  etag: z.string().describe('For If-Match with a decision: it is refused when the change moved on.'),
})
export type ReviewDetailResource = z.output<typeof reviewDetailResource>

export const listReviewsQuery = environmentQuery.extend({
  waits_for: z.enum(['me']).optional().describe('Only what the caller can take further.'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
})
export type ListReviewsQuery = z.output<typeof listReviewsQuery>

export const listReviewsOperation = operation({
  operationId: 'listReviews',
  method: 'GET',
  path: '/api/v1/reviews',
  summary: 'List the versions that wait for somebody',
  description:
    'Versions in review, approved ones that no environment serves yet, and drafts of the caller and of their teams. What the caller can take further comes first, then what waits longest.',
  tag,
  query: listReviewsQuery,
  responses: { 200: { description: 'A page of versions.', schema: listOf(reviewResource) } },
  auth: 'required',
  action: 'catalog:describe',
})

export const getReviewOperation = operation({
  operationId: 'getReview',
  method: 'GET',
  path: '/api/v1/feature-groups/{name}/versions/{version}/review',
  summary: 'What a version waits for, and who may take it further',
  tag,
  params: z.object({ name: pathName, version: versionNumber }),
  query: environmentQuery,
  responses: {
    200: { description: 'Acts, what is missing and what was done.', schema: reviewDetailResource },
  },
  auth: 'required',
  action: 'catalog:describe',
})

export const governanceOperations: Operation[] = [
  listReviewsOperation,
  getReviewOperation,
  ...threadOperations,
  ...changeSetOperations,
]
