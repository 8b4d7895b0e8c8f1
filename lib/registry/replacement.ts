import type { Executor } from '@/db/client'
import { decide } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError, invalidField } from '@/lib/core/errors'
import { versionName } from './act-on-version'
import type { VersionRow } from './definition'
import { describedFeatures } from './get-feature-group'
import { catalogVersion } from './group-documents'
import {
  environmentsOf,
  featuresOf,
  findGroup,
  findVersion,
  type GroupRow,
  groupFacts,
  versionsOf,
} from './queries'
import { parseGroupReference } from './reference'
import { type Fit, replacementFit, type Side } from './replacement-fit'

const refused = (reason: string) => invalidField('/replacement', reason, 'unknown_replacement')

interface Found {
  row: GroupRow
  version: VersionRow
}

async function successor(tx: Executor, ctx: Context, reference: string): Promise<Found> {
  const parsed = parseGroupReference(reference)
  if (!parsed) throw refused(`\`${reference}\` is not group or group@version.`)
  const row = await findGroup(parsed.group, tx)
  if (!row || !decide(ctx, 'catalog:describe', groupFacts(row)).allowed) {
    throw refused(`There is no feature group \`${parsed.group}\`.`)
  }
  const versions = await versionsOf(row.group.id, tx)
  const served = await environmentsOf(
    versions.map((version) => version.id),
    tx,
  )
  const version =
    parsed.version === null
      ? catalogVersion(versions, served)
      : await findVersion(row.group.id, parsed.version, tx)
  if (!version) throw refused(`There is no version ${reference}.`)
  return { row, version }
}

async function sideOf(tx: Executor, ctx: Context, { row, version }: Found): Promise<Side> {
  const [features, served] = await Promise.all([featuresOf(version.id, tx), environmentsOf([version.id], tx)])
  return {
    name: versionName(row, version),
    entity: row.entity,
    keys: version.primaryKey,
    features: describedFeatures(ctx, row, features),
    environments: served.filter(({ state }) => state === 'promoted').map(({ environment }) => environment),
  }
}

/**
 * Consumers are sent to a version that will stay, and that they can read: not to this one, not to one that is going
 * itself. Returns what they have to change. Errors: `invalid` at `/replacement`.
 */
export async function requireReplacement(
  tx: Executor,
  ctx: Context,
  old: Found,
  reference: string,
): Promise<Fit> {
  const next = await successor(tx, ctx, reference)
  if (next.version.id === old.version.id)
    throw refused(`${versionName(old.row, old.version)} cannot replace itself.`)
  if (next.version.state !== 'active') {
    throw refused(
      `\`${reference}\` is ${next.version.state.replace('_', ' ')}: only an active version can take over.`,
    )
  }
  const fit = replacementFit(await sideOf(tx, ctx, old), await sideOf(tx, ctx, next))
  if (fit.refused !== null) throw refused(fit.refused)
  return fit
}

/** What a deprecation in favour of it would say, without deprecating anything. */
export async function fitOfReplacement(
  tx: Executor,
  ctx: Context,
  old: Found,
  reference: string,
): Promise<Fit> {
  try {
    return await requireReplacement(tx, ctx, old, reference)
  } catch (error) {
    if (error instanceof DomainError && error.code === 'invalid')
      return { refused: error.details.errors?.[0]?.reason ?? error.message, warnings: [] }
    throw error
  }
}
