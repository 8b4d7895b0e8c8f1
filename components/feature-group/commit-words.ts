import { formatCount, formatNumber, formatShare, plural } from '@/components/ui/format-number'
import type { CommitChange, CommitResource, FeatureChange } from '@/lib/ingestion/operations'

const kinds: Record<CommitResource['kind'], string> = {
  ingest: 'Rows ingested',
  tombstones: 'Rows deleted',
  transformation: 'Transformation ran',
  replay: 'Quarantined rows replayed',
  revert: 'Commit reverted',
}

export const kindWords = ({ kind, reverts }: CommitResource): string =>
  reverts?.kind === 'revert' ? 'Revert taken back' : kinds[kind]

export const kindNames: readonly { value: CommitResource['kind']; label: string }[] = [
  { value: 'ingest', label: 'Ingests' },
  { value: 'tombstones', label: 'Deletes' },
  { value: 'transformation', label: 'Runs' },
  { value: 'replay', label: 'Replays' },
  { value: 'revert', label: 'Reverts' },
]

export function countsOf({ kind, rows, tombstones, superseded, reverts }: CommitResource): string {
  if (kind === 'revert') {
    if (!reverts) return ''
    return reverts.kind === 'revert' ? 'rows are back' : `${plural(reverts.rows, 'row')} hidden`
  }
  const parts = [plural(rows, 'row')]
  if (tombstones > 0) parts.push(`${formatCount(tombstones)} deleted`)
  if (superseded !== null && superseded > 0)
    parts.push(`${formatCount(superseded)} not the newest of their key`)
  return parts.join(' · ')
}

/** How far the commit's mean is from the one before, by its size; null where there is nothing to compare. */
export function shiftOf({ own, before }: FeatureChange): number | null {
  if (own.mean === null || before.mean === null) return null
  const size = Math.max(Math.abs(own.mean), Math.abs(before.mean))
  return size === 0 ? 0 : Math.abs(own.mean - before.mean) / size
}

const nullShift = ({ own, before }: FeatureChange): number =>
  own.null_share === null || before.null_share === null ? 0 : Math.abs(own.null_share - before.null_share)

/** The finding in one sentence: the feature that differs most from the history before. */
export function changeSentence({ rows, rows_before, features }: CommitChange): string {
  if (rows === 0) return 'The commit holds tombstones alone.'
  if (rows_before === 0)
    return 'The first rows of the group: there is no history before them to compare with.'
  const weight = (feature: FeatureChange) => Math.max(shiftOf(feature) ?? 0, nullShift(feature))
  const [most] = features.toSorted((a, b) => weight(b) - weight(a))
  if (!most || weight(most) < 0.005) return 'Means and null shares are those of the history before.'
  if ((shiftOf(most) ?? 0) >= nullShift(most))
    return `The mean of ${most.name} is ${formatNumber(most.own.mean)}; before it was ${formatNumber(most.before.mean)}.`
  return `${formatShare(most.own.null_share)} of ${most.name} is null; before it was ${formatShare(most.before.null_share)}.`
}
