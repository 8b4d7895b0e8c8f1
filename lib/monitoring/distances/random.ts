/**
 * Linear congruential generator of Numerical Recipes, state ← 1664525·state + 1013904223 mod 2³²,
 * u = (state+½)/2³². Good enough for permutations and test data, and the same on every machine.
 */
export function uniformGenerator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0
    return (state + 0.5) / 4294967296
  }
}

/** A shuffled copy (Fisher–Yates, Durstenfeld 1964). */
export function shuffled<T>(items: readonly T[], next: () => number): T[] {
  const copy = [...items]
  for (let i = copy.length - 1; i > 0; i -= 1) {
    const j = Math.floor(next() * (i + 1))
    const [a, b] = [copy[i], copy[j]]
    if (a === undefined || b === undefined) continue
    copy[i] = b
    copy[j] = a
  }
  return copy
}
