import { decide } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { singleton } from '@/lib/core/singleton'
import { indexOf, type Piece, piecesOf, type TermIndex } from './match'
import { byKey, factsOf, selectTerms } from './queries'

/** A term as far as links and search need it. */
export interface KnownTerm {
  name: string
  meaning: string
  synonyms: readonly string[]
  teamId: string
  team: string
}

interface Known {
  index: TermIndex<KnownTerm>
  /** By each single word that a term is called. */
  byWord: ReadonlyMap<string, readonly KnownTerm[]>
}

/** What was changed by another process is seen after this. */
const keptMs = 30_000

const kept = () =>
  singleton<{ at: number; known: Promise<Known> | null }>('glossary', () => ({ at: 0, known: null }))

const calledOf = ({ name, synonyms }: KnownTerm) => [name, ...synonyms].map((word) => word.toLowerCase())

function wordsOf(terms: readonly KnownTerm[]): ReadonlyMap<string, readonly KnownTerm[]> {
  const found = new Map<string, KnownTerm[]>()
  for (const term of terms.filter(({ synonyms }) => synonyms.length > 0))
    for (const called of calledOf(term).filter((word) => /^[\p{L}\p{N}]+$/u.test(word))) {
      const same = found.get(called)
      if (same) same.push(term)
      else found.set(called, [term])
    }
  return found
}

async function read(): Promise<Known> {
  const terms = (await selectTerms().orderBy(byKey)).map(({ term, team }) => ({
    name: term.name,
    meaning: term.meaning,
    synonyms: term.synonyms,
    teamId: term.ownerTeamId,
    team,
  }))
  return { index: indexOf(terms), byWord: wordsOf(terms) }
}

/** After a change: the next look reads anew. */
export function forgetTerms(): void {
  kept().known = null
}

function known(): Promise<Known> {
  const holder = kept()
  const now = performance.now()
  if (holder.known && now - holder.at < keptMs) return holder.known
  const reading = read()
  holder.at = now
  holder.known = reading
  reading.catch(() => {
    if (holder.known === reading) holder.known = null
  })
  return reading
}

const mayKnow = (ctx: Context, term: KnownTerm) => decide(ctx, 'catalog:describe', factsOf(term)).allowed

type TermPiece = Piece<Pick<KnownTerm, 'name' | 'meaning'>>

/** Takes texts apart where terms stand in them that the reader may know. */
export async function termsIn(ctx: Context): Promise<(text: string) => TermPiece[]> {
  const { index } = await known()
  return (text) =>
    piecesOf(index, text).map((piece) =>
      piece.term && !mayKnow(ctx, piece.term) ? { ...piece, term: null } : piece,
    )
}

/** What else each of the words is called, in lower case, by terms that the reader may know; others are absent. */
export async function otherWordsFor(
  ctx: Context,
  words: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { byWord } = await known()
  const entries = words.map((word) => {
    const told = (byWord.get(word) ?? []).filter((term) => mayKnow(ctx, term))
    return [word, told.flatMap(calledOf).filter((called) => called !== word)] as const
  })
  return new Map(entries.filter(([, others]) => others.length > 0))
}
