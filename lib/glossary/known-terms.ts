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
  terms: readonly KnownTerm[]
  index: TermIndex<KnownTerm>
}

/** What was changed by another process is seen after this. */
const keptMs = 30_000

const kept = () =>
  singleton<{ at: number; known: Promise<Known> | null }>('glossary', () => ({ at: 0, known: null }))

async function read(): Promise<Known> {
  const terms = (await selectTerms().orderBy(byKey)).map(({ term, team }) => ({
    name: term.name,
    meaning: term.meaning,
    synonyms: term.synonyms,
    teamId: term.ownerTeamId,
    team,
  }))
  return { terms, index: indexOf(terms) }
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

type TermPiece = Piece<Pick<KnownTerm, 'name' | 'meaning'>>

/** Takes texts apart where terms stand in them that the reader may know. */
export async function termsIn(ctx: Context): Promise<(text: string) => TermPiece[]> {
  const { index } = await known()
  const mayKnow = (term: KnownTerm) => decide(ctx, 'catalog:describe', factsOf(term)).allowed
  return (text) =>
    piecesOf(index, text).map((piece) =>
      piece.term && !mayKnow(piece.term) ? { ...piece, term: null } : piece,
    )
}

/** Words that mean the same, each list a term with its synonyms in lower case: for search. Kept, so that asking is cheap. */
export async function glossarySynonyms(): Promise<readonly (readonly string[])[]> {
  const { terms } = await known()
  return terms
    .filter(({ synonyms }) => synonyms.length > 0)
    .map(({ name, synonyms }) => [name, ...synonyms].map((word) => word.toLowerCase()))
}
