import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { parseInput } from '@/lib/core/parse-input'
import { addVersion } from './add-version'
import type { VersionCheck } from './check-version'
import type { VersionDefinition } from './definition'
import { restoreAsNewInput } from './history-operations'
import { describedGroup } from './queries'
import type { AddedVersionResource } from './resources'
import { formatAddress } from './revision-address'
import { groupOf, sideAt } from './revision-sides'
import { durationOrNull, featureResourceOf } from './serialize'

/** A definition as `POST …/versions` takes it. */
const bodyOf = (definition: VersionDefinition) => ({
  primary_key: definition.keys.map(({ name }) => name),
  timestamp_key: definition.timestampKey,
  ttl: durationOrNull(definition.ttlSeconds),
  source_delay: durationOrNull(definition.sourceDelaySeconds),
  allowed_skew: durationOrNull(definition.allowedSkewSeconds),
  online: definition.online,
  source: definition.source,
  inputs: definition.inputs,
  transformation: definition.transformation,
  features: definition.features.map(featureResourceOf),
})

/**
 * Brings the definition of an earlier version or revision (`1`, `1.2`) back as addVersion would take it: a compatible
 * one as the next revision, with the texts of the group of then; any other as a draft of a new version.
 * Errors: `not_found` naming the revision, and those of addVersion: `invalid` when nothing differs.
 */
export async function restoreAsNew(
  ctx: Context,
  name: string,
  address: string,
  body: unknown,
  check?: VersionCheck,
): Promise<AddedVersionResource> {
  await authorizeAtAll(ctx, 'group:update')
  const { reason, environments } = parseInput(restoreAsNewInput, body)
  const row = await describedGroup(ctx, name)
  const { version, revision, all, stated } = await sideAt(ctx, groupOf(row), address)
  const from = formatAddress({ major: version.major, revision })
  const definition = { ...bodyOf(all), reason, ...(environments ? { environments } : {}) }
  return addVersion(ctx, name, definition, check, { from, stated })
}
