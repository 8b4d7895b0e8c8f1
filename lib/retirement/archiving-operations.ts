import { z } from 'zod'
import { type Operation, operation } from '@/lib/core/operation'
import { environmentQuery } from '@/lib/registry/operations'

const tag = 'retirement'
const path = '/api/v1/retirement/archive-policy'
const instant = z.string().describe('RFC 3339, UTC.')

/** When an old version goes. */
const archivePolicyShape = {
  unread_days: z.int().min(1).max(3650).describe('Days without a read.'),
  successor_days: z.int().min(0).max(3650).describe('Days for which a successor has been active.'),
}

export const archivePolicySchema = z.strictObject({ enabled: z.boolean(), ...archivePolicyShape })

const candidateResource = z.object({
  group: z.string(),
  version: z.int(),
  owner_team: z.string(),
  state: z.enum(['active', 'deprecated']),
  last_read: instant.nullable().describe('Null: never.'),
  successor: z.string().nullable().describe('`group@n` that is active.'),
  successor_since: instant.nullable(),
  because: z.string().describe('Why it would go, or why it stays.'),
})
export type ArchiveCandidateResource = z.output<typeof candidateResource>

export const archivePreviewResource = z.object({
  enabled: z.boolean().describe('Whether the policy runs each day.'),
  ...archivePolicyShape,
  would_archive: z.array(candidateResource),
  stays: z.array(candidateResource),
})
export type ArchivePreviewResource = z.output<typeof archivePreviewResource>

export const previewArchivingQuery = environmentQuery.extend({
  unread_days: z.coerce.number().pipe(archivePolicyShape.unread_days).optional(),
  successor_days: z.coerce.number().pipe(archivePolicyShape.successor_days).optional(),
})

export const previewArchivingOperation = operation({
  operationId: 'previewArchivePolicy',
  method: 'GET',
  path,
  summary: 'What the archive policy would archive now, and why not the others',
  description: 'With other days than those that are set, where the query names them.',
  tag,
  query: previewArchivingQuery,
  responses: { 200: { description: 'Versions that go and that stay.', schema: archivePreviewResource } },
  auth: 'required',
  action: 'catalog:describe',
})

export const runArchivingInput = z.strictObject({
  confirm: z.literal('archive').describe('The word: it acts on every version that the preview lists.'),
  reason: z.string().trim().min(1).max(2000),
})

export const runArchivingOperation = operation({
  operationId: 'runArchivePolicy',
  method: 'POST',
  path: `${path}/run`,
  summary: 'Archive now what the policy, as it is set, would archive',
  tag,
  query: environmentQuery,
  body: { schema: runArchivingInput, example: { confirm: 'archive', reason: 'Before the audit.' } },
  responses: { 202: { description: 'The job.', schema: z.object({ job: z.string() }) } },
  auth: 'required',
  action: 'settings:manage',
})

export const archivingOperations: Operation[] = [previewArchivingOperation, runArchivingOperation]
