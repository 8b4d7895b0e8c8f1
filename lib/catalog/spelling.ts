/**
 * Edits between two words: insertion, deletion, substitution, and the swap of two neighbours, each counting one
 * (optimal string alignment).
 */
export function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, at) => at)]
  const cell = (row: number, column: number) => rows[row]?.[column] ?? 0
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    rows.push(row)
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row.push(
        Math.min(
          cell(i - 1, j) + 1,
          cell(i, j - 1) + 1,
          cell(i - 1, j - 1) + cost,
          swapped ? cell(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      )
    }
  }
  return cell(a.length, b.length)
}

const shortest = 4

/** How many edits a word of this length may be away. */
const tolerance = (length: number) => (length < shortest ? 0 : length === shortest ? 1 : 2)

/** Each swap of neighbours and each omission: what trigrams do not find. */
export function nearSpellings(word: string): string[] {
  if (word.length < shortest) return []
  const spellings: string[] = []
  for (let at = 0; at < word.length; at++) {
    spellings.push(word.slice(0, at) + word.slice(at + 1))
    if (at > 0) spellings.push(word.slice(0, at - 1) + word[at] + word[at - 1] + word.slice(at + 1))
  }
  return [...new Set(spellings)].filter((spelling) => spelling !== word)
}

/**
 * The words among the candidates that were probably meant, nearest first, and of equals in their order; nothing when
 * none is near.
 */
export function corrections(word: string, candidates: Iterable<string>): string[] {
  const near: { candidate: string; edits: number }[] = []
  for (const candidate of candidates) {
    const edits = Math.min(
      editDistance(word, candidate),
      // The beginning of a longer word: `dleay` for `delays`.
      editDistance(word, candidate.slice(0, word.length)) + (candidate.length > word.length ? 0.5 : 0),
    )
    if (edits <= tolerance(word.length)) near.push({ candidate, edits })
  }
  return near.sort((one, other) => one.edits - other.edits).map(({ candidate }) => candidate)
}
