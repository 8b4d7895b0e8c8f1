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

/** The word among the candidates that was probably meant; the word itself when it begins one; null when none is near. */
export function correction(word: string, candidates: Iterable<string>): string | null {
  let best: { candidate: string; edits: number } | null = null
  for (const candidate of candidates) {
    if (candidate.startsWith(word)) return word
    const edits = Math.min(
      editDistance(word, candidate),
      // The beginning of a longer word: `dleay` for `delays`.
      editDistance(word, candidate.slice(0, word.length)),
    )
    if (edits <= tolerance(word.length) && (best === null || edits < best.edits)) best = { candidate, edits }
  }
  return best?.candidate ?? null
}
