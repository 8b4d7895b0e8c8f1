import { z } from 'zod'
import { nameSchema } from '@/lib/core/names'
import { operation } from '@/lib/core/operation'
import { isStorableText, unstorableReason } from '@/lib/core/text'

const tag = 'ingestion'
const base = '/api/v1/feature-groups/{name}'
const groupParams = z.object({ name: z.string().max(1000) })
const commitParams = groupParams.extend({ id: z.string().max(200) })
const environmentQuery = z.strictObject({
  environment: nameSchema.optional(),
  int64: z.enum(['string']).optional(),
})

const commitKinds = ['ingest', 'tombstones', 'transformation', 'replay', 'revert'] as const

const onlineStates = ['done', 'pending', 'offline_only', 'not_online'] as const

export const onlineStateResource = z.object({
  state: z
    .enum(onlineStates)
    .describe(
      '`pending`: history is committed, the online half follows by itself. `offline_only`: it waits for materialization.',
    ),
  watermark: z.string().nullable().describe('`created` up to which every commit is online.'),
})
export type OnlineStateResource = z.output<typeof onlineStateResource>

const by = z.object({ kind: z.string(), name: z.string() })

export const commitResource = z.object({
  id: z.string(),
  group: z.string(),
  version: z.int(),
  environment: z.string(),
  kind: z.enum(commitKinds),
  created: z.string(),
  rows: z.int(),
  tombstones: z.int(),
  quarantined: z.int().describe('Rows that were kept out of it.'),
  held: z.int().describe('Of these: neither replayed nor discarded yet.'),
  superseded: z.int().nullable().describe('Null while the online half is pending.'),
  min_event_time: z.string().nullable(),
  max_event_time: z.string().nullable(),
  online: z.enum(onlineStates),
  by,
  via: z.string(),
  state: z.enum(['in_force', 'reverted']),
  reason: z.string().nullable().describe('Why, of a revert.'),
  reverts: z
    .object({ id: z.string(), kind: z.enum(commitKinds), created: z.string(), rows: z.int() })
    .nullable()
    .describe('Of a revert: the commit whose rows it hides, or the revert that it takes back.'),
  reverted_by: z
    .object({ id: z.string(), created: z.string(), by, reason: z.string().nullable() })
    .nullable(),
})
export type CommitResource = z.output<typeof commitResource>

export const listCommitsQuery = z.strictObject({
  environment: nameSchema.optional(),
  version: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
  int64: z.enum(['string']).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
  kind: z.enum(commitKinds).optional(),
  state: z.enum(['in_force', 'reverted']).optional(),
  by: z
    .string()
    .max(200)
    .refine(isStorableText, unstorableReason)
    .optional()
    .describe('Name of who made them.'),
  format: z
    .enum(['json', 'csv'])
    .default('json')
    .describe('`csv`: every commit that the filters leave, without pages.'),
})
export type ListCommitsQuery = Omit<z.output<typeof listCommitsQuery>, 'format'>

export const listCommitsOperation = operation({
  operationId: 'listCommits',
  method: 'GET',
  path: `${base}/commits`,
  summary: 'What arrived in a feature group, newest first',
  tag,
  params: groupParams,
  query: listCommitsQuery,
  responses: {
    200: {
      description: 'A page of commits.',
      contentTypes: ['application/json', 'text/csv'],
      schema: z.object({
        data: z.array(commitResource),
        meta: z.object({ next_cursor: z.string().nullable(), total: z.int() }),
        online: onlineStateResource.extend({
          waiting: z.int().describe('Commits in force that wait to be materialized.'),
        }),
      }),
    },
  },
  auth: 'required',
  action: 'group:read_statistics',
})

const glanceResource = z.object({
  null_share: z.number().nullable().describe('Null without rows.'),
  mean: z.number().nullable().describe('Of finite numbers; of a bool the share of trues.'),
  min: z.number().nullable(),
  max: z.number().nullable(),
})

const featureChange = z.object({
  name: z.string(),
  type: z.string(),
  own: glanceResource.describe('Of the rows of this commit.'),
  before: glanceResource.describe('Of all rows that were known before it.'),
})
export type FeatureChange = z.output<typeof featureChange>

const commitChange = z.object({
  rows: z.int().describe('Tombstones left out.'),
  keys: z.int().describe('Different keys among them.'),
  rows_before: z.int(),
  features: z.array(featureChange).describe('Those whose statistics you may see.'),
})
export type CommitChange = z.output<typeof commitChange>

export const commitDetail = commitResource.extend({
  change: commitChange.nullable().describe('Null of a revert.'),
  known_before: z.string().describe('As `known_at` of a read: the history just before this commit.'),
})
export type CommitDetail = z.output<typeof commitDetail>

export const getCommitOperation = operation({
  operationId: 'getCommit',
  method: 'GET',
  path: `${base}/commits/{id}`,
  summary: 'A commit, and what it changed',
  tag,
  params: commitParams,
  query: environmentQuery,
  responses: { 200: { description: 'The commit.', schema: commitDetail } },
  auth: 'required',
  action: 'group:read_statistics',
})

export const revertInput = z.strictObject({
  reason: z.string().trim().min(1, 'must not be empty').max(2000).refine(isStorableText, unstorableReason),
})

export const revertCommitOperation = operation({
  operationId: 'revertCommit',
  method: 'POST',
  path: `${base}/commits/{id}/revert`,
  summary: 'Revert a commit',
  description:
    'One new commit hides the rows of this one from every read whose known_at is absent or from then on; the keys that it touched get online what the remaining history says. A revert can be reverted too: the rows come back.',
  tag,
  params: commitParams,
  query: environmentQuery,
  body: { schema: revertInput, example: { reason: 'The sensor was in the wrong unit.' } },
  responses: {
    200: { description: 'The new commit, of kind `revert`.', schema: commitResource },
  },
  auth: 'required',
  action: 'group:write_offline',
})

export const queuedResource = z.object({ job: z.string().describe('`GET /jobs/{id}` tells how far it is.') })
export type QueuedResource = z.output<typeof queuedResource>

const versionQuery = environmentQuery.extend({
  version: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
})

/** Event times, both inclusive; a bare date as the end is its whole day. */
export const materializeInput = z.strictObject({
  from: z.string().max(100).optional().describe('Event times from here on.'),
  to: z.string().max(100).optional().describe('Event times up to here.'),
})

export const materializeOperation = operation({
  operationId: 'materialize',
  method: 'POST',
  path: `${base}/materialize`,
  summary: 'Bring waiting rows online',
  description:
    'Rows that were written with to=offline wait in the history. The job puts the newest of each key online, commit by commit, and goes on from the online watermark after a crash. Doing it again changes nothing.',
  tag,
  params: groupParams,
  query: versionQuery,
  body: { schema: materializeInput, example: {} },
  responses: { 202: { description: 'The job.', schema: queuedResource } },
  auth: 'required',
  action: 'group:write_online',
})

export const compactOperation = operation({
  operationId: 'compact',
  method: 'POST',
  path: `${base}/compact`,
  summary: 'Merge the small files of a group’s history',
  description: 'It happens by itself when they become many. No read changes its answer.',
  tag,
  params: groupParams,
  query: versionQuery,
  responses: { 202: { description: 'The job.', schema: queuedResource } },
  auth: 'required',
  action: 'group:write_offline',
})
