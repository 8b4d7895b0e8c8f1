import type { History, HistoryFile } from '../port'
import { endOfTime, instantOf, isAt, replacedWhole } from './replaced'

/** `created` (µs) and id of a row's commit; only merged files have them. */
export const commitCreatedColumn = '_commit_created'
export const commitIdColumn = '_commit_id'

/** Order of commits; several files of one commit carry its rows in the order of their paths. */
const inCommitOrder = (files: readonly HistoryFile[]): HistoryFile[] =>
  [...files].sort((a, b) =>
    a.createdMicros === b.createdMicros
      ? a.path < b.path
        ? -1
        : 1
      : a.createdMicros < b.createdMicros
        ? -1
        : 1,
  )

/** `created` of the commits that a read must leave out whole. */
function hiddenCommits(history: History): Set<bigint> {
  if (history.known === 'each') return new Set()
  const at = instantOf(history)
  return new Set(
    (history.hidden ?? []).filter((one) => isAt(one, at)).map(({ createdMicros }) => createdMicros),
  )
}

/** The files that a read opens, in commit order. Their places count from 0 as `file_index`. */
export function filesToRead(history: History): HistoryFile[] {
  const hidden = hiddenCommits(history)
  const at = instantOf(history)
  const only = history.only === undefined ? null : new Set(history.only)
  const replaced = replacedWhole(history)
  const counts = ({ createdMicros, firstMicros }: HistoryFile) => {
    if (at !== null && (firstMicros ?? createdMicros) > at) return false
    if (firstMicros === undefined)
      return !hidden.has(createdMicros) && (!only || only.has(createdMicros)) && !replaced.has(createdMicros)
    return !only || [...only].some((created) => created >= firstMicros && created <= createdMicros)
  }
  return inCommitOrder(history.files.filter(counts))
}

/** Conditions that leave out rows of merged files whose commits do not count; rows of other files always pass. */
export function commitConditions(history: History): string[] {
  const merged = filesToRead(history).filter(({ firstMicros }) => firstMicros !== undefined)
  if (merged.length === 0) return []
  const held = (created: bigint) =>
    merged.some(
      ({ firstMicros, createdMicros }) => created >= (firstMicros ?? 0n) && created <= createdMicros,
    )
  const at = instantOf(history)
  const hidden = [...hiddenCommits(history)].filter(held)
  const ownRows = (condition: string) =>
    `(${commitCreatedColumn} IS NULL OR ${commitCreatedColumn} ${condition})`
  return [
    ...(at !== null && merged.some(({ createdMicros }) => createdMicros > at) ? [ownRows(`<= ${at}`)] : []),
    ...(hidden.length > 0 ? [ownRows(`NOT IN (${hidden.join(', ')})`)] : []),
    ...(history.only ? [ownRows(`IN (${history.only.filter(held).join(', ')})`)] : []),
  ]
}

/** A SQL condition that no revert hides the row's commit at that instant; both are µs as SQL. For `known: 'each'`. */
export function notHiddenAt({ hidden = [] }: History, created: string, at: string): string {
  if (hidden.length === 0) return 'TRUE'
  const spans = hidden.map(
    ({ createdMicros, fromMicros, toMicros }) =>
      `(${createdMicros}::BIGINT, ${fromMicros}::BIGINT, ${toMicros ?? endOfTime}::BIGINT)`,
  )
  return (
    `NOT EXISTS (SELECT 1 FROM (VALUES ${spans.join(', ')}) AS hidden(c, f, t) ` +
    `WHERE hidden.c = ${created} AND hidden.f <= ${at} AND hidden.t > ${at})`
  )
}

/** The history as it was known at an instant; null: as it is known now. */
export const knownAt = (history: History, micros: bigint | null): History =>
  micros === null ? history : { ...history, known: micros }
