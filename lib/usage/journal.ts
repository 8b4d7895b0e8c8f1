import type postgres from 'postgres'
import type { JournaledUsage } from '@/db/schema'
import type { Count, ReadTarget } from './buffer'

/** What is read, as a text: plans are made anew every few seconds, with arrays of their own. */
export const nameOf = (targets: readonly ReadTarget[]): string =>
  JSON.stringify(
    targets.map(({ groupName, version, feature, environment }) => [groupName, version, feature, environment]),
  )

/** Counts as they are kept whole: each set of features once. */
function journaled(counts: readonly Count[]): JournaledUsage {
  const places = new Map<string, number>()
  const sets: JournaledUsage['sets'] = []
  return {
    sets,
    counts: counts.map(({ targets, ...count }) => {
      const name = nameOf(targets)
      const set = places.get(name) ?? sets.push([...targets]) - 1
      places.set(name, set)
      return { ...count, set }
    }),
  }
}

export const keep = (tx: postgres.TransactionSql, counts: readonly Count[]) =>
  tx`insert into usage_journal (content) values (${JSON.stringify(journaled(counts))}::text::jsonb)`

/** Takes everything out of the journal: one count for all the seconds in which the same read the same. */
export async function takeKept(tx: postgres.TransactionSql): Promise<Count[]> {
  const rows = await tx<{ content: JournaledUsage }[]>`delete from usage_journal returning content`
  const sums = new Map<string, Count>()
  for (const { content } of rows) {
    const names = content.sets.map(nameOf)
    for (const { set, ...count } of content.counts) {
      const key = JSON.stringify([count.minute, count.consumerKind, count.consumerId, count.side, names[set]])
      const sum = sums.get(key)
      if (sum) {
        sum.reads += count.reads
        sum.cells += count.cells
      } else sums.set(key, { ...count, targets: content.sets[set] ?? [] })
    }
  }
  return [...sums.values()]
}
