import { authorize } from '@/lib/audit'
import { decide } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { formatTimestamp } from '@/lib/core/feature-type'
import { singleton } from '@/lib/core/singleton'
import { type ColumnGlance, type History, historyOf, profileRows, type RowsGlance } from '@/lib/offline'
import { mayDescribeFeature, type ServingFeature, type ServingVersion } from '@/lib/registry'
import { toCommitResource } from './commit-resource'
import type { CommitChange, CommitDetail, FeatureChange } from './operations'
import { type CommitRow, findCommit } from './revert/find-commit'
import { microsOf, onlyCommits } from './revert/online-history'

interface Glances {
  own: RowsGlance
  before: RowsGlance
}

const mostKept = 200

/** What a commit changed never changes: rows and the history before it are what they were. */
const kept = () => singleton('commitChanges', () => new Map<string, Promise<Glances>>())

async function count(history: History, commit: CommitRow, signal: AbortSignal): Promise<Glances> {
  const { created } = commit
  const own = await profileRows(onlyCommits(history, [created]), signal)
  const before = await profileRows({ ...history, known: microsOf(created) - 1n }, signal)
  return { own, before }
}

function glancesOf(version: ServingVersion, commit: CommitRow): Promise<Glances> {
  const name = `${commit.id} ${version.revision}`
  const known = kept().get(name)
  if (known) return known
  // Not ended with its first reader: others may wait for it.
  const counting = historyOf(version).then((history) => count(history, commit, new AbortController().signal))
  kept().set(name, counting)
  counting.catch(() => kept().delete(name))
  const oldest = kept().keys().next().value
  if (kept().size > mostKept && oldest !== undefined) kept().delete(oldest)
  return counting
}

/** Fewer values than this behind a number of a confidential feature could name somebody. */
const leastValues = 20

function glance(feature: ServingFeature, rows: number, found: ColumnGlance | undefined) {
  const { present = 0, mean = null, min = null, max = null } = found ?? {}
  const isClosed = feature.classification === 'confidential' || feature.classification === 'restricted'
  const null_share = rows === 0 ? null : (rows - present) / rows
  if (!isClosed) return { null_share, mean, min, max }
  return { null_share, mean: present < leastValues ? null : mean, min: null, max: null }
}

function changeOf(ctx: Context, version: ServingVersion, { own, before }: Glances): CommitChange {
  const mayRead = (feature: ServingFeature) =>
    mayDescribeFeature(ctx, version, feature) &&
    decide(ctx, 'group:read_statistics', { ...version.resource, classification: feature.classification })
      .allowed
  const features = version.features.filter(mayRead).map(
    (feature): FeatureChange => ({
      name: feature.name,
      type: feature.typeText,
      own: glance(feature, own.rows, own.columns.get(feature.name)),
      before: glance(feature, before.rows, before.columns.get(feature.name)),
    }),
  )
  return { rows: own.rows, keys: own.keys, rows_before: before.rows, features }
}

/**
 * One commit, with what its rows are beside those of the history before it. Errors: not_found, forbidden, unavailable.
 */
export async function getCommit(ctx: Context, input: { group: string; id: string }): Promise<CommitDetail> {
  const { version, ...linked } = await findCommit(ctx, input.group, input.id)
  await authorize(ctx, 'group:read_statistics', version.resource)
  const { commit } = linked
  const change = commit.kind === 'revert' ? null : changeOf(ctx, version, await glancesOf(version, commit))
  const known = microsOf(commit.created) - 1n
  return { ...toCommitResource(version, linked), change, known_before: formatTimestamp(known) }
}
