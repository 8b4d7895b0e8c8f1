export interface Matchable {
  name: string
  synonyms: readonly string[]
}

export interface TermIndex<T> {
  /** By the words of a name or synonym, with a space between them. */
  phrases: ReadonlyMap<string, T>
  /** Words of the longest phrase that begins with this one. */
  longest: ReadonlyMap<string, number>
}

const word = /[\p{L}\p{N}_]+/gu

/** One look at a text costs its words, however many terms there are. A name goes before the synonym of another. */
export function indexOf<T extends Matchable>(terms: readonly T[]): TermIndex<T> {
  const phrases = new Map<string, T>()
  const longest = new Map<string, number>()
  const add = (term: T, text: string) => {
    const words = text.toLowerCase().match(word) ?? []
    const [first] = words
    const phrase = words.join(' ')
    if (first === undefined || phrases.has(phrase)) return
    phrases.set(phrase, term)
    longest.set(first, Math.max(longest.get(first) ?? 0, words.length))
  }
  for (const term of terms) add(term, term.name)
  for (const term of terms) for (const synonym of term.synonyms) add(term, synonym)
  return { phrases, longest }
}

export interface Piece<T> {
  text: string
  /** Null: words of no term. */
  term: T | null
}

/** What may stand between the words of one term. */
const between = /^[ \t\n\u00a0'’&.()+%-]{1,3}$/u

interface Word {
  said: string
  from: number
  end: number
}

/** How many words from this place on may belong together, at most `most`. */
function run(text: string, words: readonly Word[], place: number, most: number): number {
  let length = 1
  while (length < most) {
    const [last, next] = [words[place + length - 1], words[place + length]]
    if (!last || !next || !between.test(text.slice(last.end, next.from))) break
    length += 1
  }
  return length
}

/** The longest term that begins at this place, and how many words it has. */
function termAt<T>({ phrases, longest }: TermIndex<T>, text: string, words: readonly Word[], place: number) {
  const most = longest.get(words[place]?.said ?? '') ?? 0
  if (most === 0) return null
  for (let length = run(text, words, place, most); length > 0; length -= 1) {
    const said = words.slice(place, place + length).map((one) => one.said)
    const term = phrases.get(said.join(' '))
    if (term !== undefined) return { term, length }
  }
  return null
}

/** The text in pieces, each term where it stands. Together they are the text. */
export function piecesOf<T>(index: TermIndex<T>, text: string): Piece<T>[] {
  const words = [...text.matchAll(word)].map(
    ({ 0: said, index: from }): Word => ({ said: said.toLowerCase(), from, end: from + said.length }),
  )
  const pieces: Piece<T>[] = []
  let done = 0
  let place = 0
  while (place < words.length) {
    const found = termAt(index, text, words, place)
    const [first, last] = [words[place], words[place + (found?.length ?? 1) - 1]]
    place += found?.length ?? 1
    if (!found || !first || !last) continue
    if (first.from > done) pieces.push({ text: text.slice(done, first.from), term: null })
    pieces.push({ text: text.slice(first.from, last.end), term: found.term })
    done = last.end
  }
  if (done < text.length) pieces.push({ text: text.slice(done), term: null })
  return pieces
}
