const featureOf = (reference: string) => reference.replace(/@\d+/, '')
const versionOf = (reference: string) => /@(\d+)/.exec(reference)?.[1] ?? null

export interface SelectionChange {
  added: string[]
  removed: string[]
  /** The same feature of another version; without a number: of the version that is served when it is saved. */
  repinned: { from: string; to: string }[]
  /** What changed its place among those that stay; as few as explain the new order. */
  moved: string[]
}

/** The longest part of the places that is in order already. */
function inOrder(places: readonly number[]): Set<number> {
  const best: number[][] = []
  for (const [at, place] of places.entries()) {
    const before = best.filter((run) => (run.at(-1) ?? -1) < place && run.length > 0)
    const longest = before.reduce<number[]>((most, run) => (run.length > most.length ? run : most), [])
    best[at] = [...longest, place]
  }
  return new Set(best.reduce<number[]>((most, run) => (run.length > most.length ? run : most), []))
}

/** What differs between two selections of `group@n:feature`, in words of the second one's order. */
export function selectionChange(before: readonly string[], after: readonly string[]): SelectionChange {
  const was = new Map(before.map((reference, place) => [featureOf(reference), { reference, place }]))
  const is = new Set(after.map(featureOf))
  const kept = after.flatMap((to) => {
    const old = was.get(featureOf(to))
    return old ? [{ to, from: old.reference, place: old.place }] : []
  })
  const still = inOrder(kept.map(({ place }) => place))
  return {
    added: after.filter((reference) => !was.has(featureOf(reference))),
    removed: before.filter((reference) => !is.has(featureOf(reference))),
    repinned: kept.flatMap(({ from, to }) => (versionOf(from) === versionOf(to) ? [] : [{ from, to }])),
    moved: kept.flatMap(({ to, place }) => (still.has(place) ? [] : [to])),
  }
}
