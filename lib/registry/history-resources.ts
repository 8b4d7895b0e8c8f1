import { z } from 'zod'
import { changeResource, versionResource, versionSummaryResource } from './resources'

const instant = z.string().describe('RFC 3339, UTC.')

/** One immutable revision of a version: what was done, by whom, and why. */
export const revisionResource = z.object({
  version: z.int(),
  revision: z.int(),
  address: z.string().describe('`version.revision`, as `diff`, `blame` and `restore-as-new` take it.'),
  previous: z.string().nullable().describe('The one that it followed; null: the first recorded.'),
  compatible: z.boolean().describe('False: it began a version with data of its own.'),
  changes: z.object({ breaking: z.int(), warning: z.int(), info: z.int() }),
  author: z.string(),
  authored_at: instant,
  submitted_by: z.string().nullable(),
  submitted_at: instant.nullable(),
  approved_by: z.string().nullable().describe('Null: it needed no second person.'),
  approved_at: instant.nullable(),
  reason: z.string().nullable().describe('The author’s.'),
  approval_reason: z.string().nullable().describe('The approver’s.'),
  restored_from: z.string().nullable().describe('The revision whose definition it brought back.'),
  since: instant.describe('When it took force.'),
  recorded_later: z
    .boolean()
    .describe('True: it stood before revisions were recorded; author and time are those of its version.'),
})
export type RevisionResource = z.output<typeof revisionResource>

export const listedVersionResource = versionSummaryResource.extend({
  revisions: z.array(revisionResource).describe('Newest first; a draft has none yet.'),
})
export type ListedVersionResource = z.output<typeof listedVersionResource>

/** A version as it is now, or as one of its revisions was. */
export const readVersionResource = versionResource.extend({
  record: revisionResource
    .extend({ changes: z.array(changeResource) })
    .nullable()
    .optional()
    .describe('With `revision`: who made it, why, and what it changed.'),
  stated: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('With `revision`: what was said of the group then.'),
})
export type ReadVersionResource = z.output<typeof readVersionResource>

const blamedField = z.object({
  field: z.string().describe('Path, e.g. `features.num_logins.type`.'),
  value: z.unknown(),
  address: z.string().describe('`version.revision` that gave it this value.'),
  author: z.string(),
  approved_by: z.string().nullable(),
  at: instant,
  reason: z.string().nullable(),
  recorded_later: z.boolean().describe('True: the value is older than the record.'),
})
export type BlamedField = z.output<typeof blamedField>

export const blameResource = z.object({
  group: z.string(),
  version: z.int(),
  revision: z.int(),
  fields: z.array(blamedField),
})
export type BlameResource = z.output<typeof blameResource>
