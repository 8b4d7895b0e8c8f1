import { z } from 'zod'

const instant = z.string().describe('RFC 3339, UTC.')
const count = z.int()

/** What may be asked about before it is done. */
export const changeKinds = [
  'deprecate',
  'archive',
  'delete',
  'new_version',
  'remove_feature',
  'change_ttl',
  'change_classification',
  'restore_as_new',
] as const
export type ChangeKind = (typeof changeKinds)[number]

/** Told to everybody alike, with every impact: a number of what is hidden would tell that it is there. */
export const impactNote = 'Only what you may know of is listed and counted. A reviewer sees all of it.'
const note = z.string().describe('The same for everybody: what the reader may not know of is in no count.')

const reads = {
  reads: count.describe('In the last 30 days; a read of several features counts once.'),
  reads_7d: count,
  reads_1d: count,
}

const consumerResource = z.object({
  kind: z.string(),
  name: z.string(),
  ...reads,
  last_read: instant,
  features: z.array(z.object({ name: z.string(), ...reads })).describe('Most reads first.'),
  owner: z.string().nullable().describe('Who owns the key, or the person; null: gone.'),
  owner_teams: z.array(z.string()),
})
export type ConsumerResource = z.output<typeof consumerResource>

export const usingDatasetResource = z.object({
  name: z.string(),
  version: count.describe('The newest version that takes from it.'),
  features: z.array(z.string()).describe('Empty: only rows, keys and times are taken.'),
  owner_team: z.string(),
})

const impactedService = z.object({
  name: z.string(),
  version: count,
  features: z.array(z.string()),
  owner_team: z.string(),
})

const consumers = z.array(consumerResource).describe('Who read it in the last 30 days up to this moment.')

export const impactResource = z.object({
  group: z.string(),
  version: count,
  change: z.enum(changeKinds),
  effect: z.string().describe('What the change does to those who are listed.'),
  services: z.array(impactedService),
  groups: z.array(z.string()).describe('Feature groups derived from it.'),
  datasets: z.array(usingDatasetResource).describe('Training datasets that were built from it.'),
  models: z.array(z.string()).describe('Models that lineage knows to be trained on those datasets.'),
  consumers,
  note,
  owner_teams: z.array(z.string()).describe('Whom to tell.'),
  loses_access: z
    .array(z.string())
    .describe('Of a stricter classification: consumers that would be refused with the rights they have now.'),
  replacement: z
    .object({
      reference: z.string(),
      refused: z.string().nullable().describe('Why it cannot take over; null: it can.'),
      warnings: z.array(z.string()).describe('What readers would have to change.'),
    })
    .nullable()
    .describe('Null unless the query names one.'),
  refused: z
    .object({ because: z.string(), users: z.array(z.string()) })
    .nullable()
    .describe(
      'Why the change would be refused now, as far as use and state decide; null: it would not, or the reader has no right to it anyway.',
    ),
})
export type ImpactResource = z.output<typeof impactResource>

export const serviceImpactResource = z.object({
  service: z.string(),
  version: count,
  datasets: z
    .array(
      usingDatasetResource.omit({ features: true }).extend({
        service_version: count.nullable().describe('The version of the service that was taken.'),
      }),
    )
    .describe('Training datasets that were built from it.'),
  consumers: consumers.describe('Who read it in the last 30 days up to this moment, by its name.'),
  note,
  owner_teams: z.array(z.string()).describe('Whom to tell.'),
})
export type ServiceImpactResource = z.output<typeof serviceImpactResource>
