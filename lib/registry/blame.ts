import type { Context } from '@/lib/core/context'
import type { VersionDefinition } from './definition'
import type { Change } from './diff'
import type { BlamedField, BlameResource } from './history-resources'
import { isoInstant } from './instants'
import { recordedSides } from './list-revisions'
import { describedGroup, namesOf } from './queries'
import { formatAddress } from './revision-address'
import { changesBetween, groupOf, type Side, sideAt } from './revision-sides'
import { durationOrNull } from './serialize'
import type { Stated } from './stated'

interface Field {
  field: string
  value: unknown
}

const isSaid = (value: unknown) =>
  value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)

const below = (path: string, members: object): Field[] =>
  Object.entries(members).map(([name, value]) => ({ field: `${path}.${name}`, value }))

/** Every field of a definition under the path that a change of it has; the `transformation` is its SQL. */
function fieldsOf(definition: VersionDefinition, stated: Stated): Field[] {
  const { transformation, features } = definition
  const { sql, ...rest } = transformation ?? { sql: null }
  const fields: Field[] = [
    ...Object.entries(stated).map(([field, value]) => ({ field, value })),
    { field: 'primary_key', value: definition.keys },
    { field: 'timestamp_key', value: definition.timestampKey },
    { field: 'ttl', value: durationOrNull(definition.ttlSeconds) },
    { field: 'source_delay', value: durationOrNull(definition.sourceDelaySeconds) },
    { field: 'allowed_skew', value: durationOrNull(definition.allowedSkewSeconds) },
    { field: 'online', value: definition.online },
    { field: 'source', value: definition.source },
    { field: 'inputs', value: definition.inputs },
    { field: 'transformation', value: sql },
    ...below('transformation', rest),
    ...features.flatMap(({ name, contract, ...members }) => [
      ...below(`features.${name}`, members),
      ...below(`features.${name}.contract`, contract ?? {}),
    ]),
  ]
  return fields.filter(({ value }) => isSaid(value))
}

/** From the newest to the first that is recorded, each with the one that it followed. */
function chainOf(start: Side, sides: Side[]): Side[] {
  const byAddress = new Map(
    sides.flatMap((side) => (side.record ? [[formatAddress(side.record), side]] : [])),
  )
  const chain: Side[] = [start]
  let previous = start.record
    ? byAddress.get(start.record.previous ?? '')
    : sides.find(({ version }) => version.major < start.version.major)
  while (previous) {
    chain.push(previous)
    previous = byAddress.get(previous.record?.previous ?? '')
  }
  return chain
}

/** A change names the field, or the feature that came with all its fields. */
const touches = (changes: Change[], field: string) =>
  changes.some((one) => one.field === field || (isFeature(one.field) && field.startsWith(`${one.field}.`)))

const isFeature = (path: string) => path.startsWith('features.') && path.split('.').length === 2

function changedBy(chain: Side[]): Change[][] {
  return chain.map((side, at) => {
    const before = chain[at + 1]
    return before ? changesBetween(before, side) : []
  })
}

/**
 * Who gave each field of a version (or of one of its revisions) its present value: in which revision, when and why,
 * back to the first that is recorded. Fields that the reader may not know of are absent. Errors: `not_found`.
 */
export async function blameOf(ctx: Context, name: string, address: string): Promise<BlameResource> {
  const row = await describedGroup(ctx, name)
  const group = groupOf(row)
  const start = await sideAt(ctx, group, address)
  const chain = chainOf(start, await recordedSides(ctx, group))
  const changes = changedBy(chain)
  const nameOf = await namesOf(
    chain.flatMap(({ record, version }) => [
      record?.authorId ?? version.createdBy,
      ...(record?.approvedBy ? [record.approvedBy] : []),
    ]),
  )
  const blamed = ({ field, value }: Field): BlamedField => {
    const at = changes.findIndex((found) => touches(found, field))
    const side = chain.at(at) ?? start
    const { record, version, revision } = side
    return {
      field,
      value,
      address: formatAddress({ major: version.major, revision }),
      author: nameOf(record?.authorId ?? version.createdBy),
      approved_by: record?.approvedBy ? nameOf(record.approvedBy) : null,
      at: isoInstant(record?.createdAt ?? version.createdAt),
      reason: record ? record.reason : version.reason,
      recorded_later: record?.backfilled ?? false,
    }
  }
  const fields = fieldsOf(start.seen, start.stated)
  return { group: name, version: start.version.major, revision: start.revision, fields: fields.map(blamed) }
}
