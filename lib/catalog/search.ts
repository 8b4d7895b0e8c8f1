import type { SQL } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { otherWordsFor } from '@/lib/glossary'
import { isoInstant, offsetOf, pageOf } from '@/lib/registry'
import { browseStatement, countStatement } from './browse-sql'
import { correctTerms, pruned, weightsOf } from './correct'
import { type Counts, countsOf, noFacets } from './counts'
import { keptCounts } from './kept-counts'
import {
  assetKindSchema,
  type HitResource,
  matchNames,
  type SearchQuery,
  type SearchResource,
} from './operations'
import { filtersOf, mostRanked } from './search-columns'
import { type Asked, searchStatement } from './search-sql'
import { type Terms, termsOf, withOtherWords } from './terms'
import { highlightRanges, whyFound } from './why'

const hitRow = z.object({
  kind: assetKindSchema,
  name: z.string(),
  short_name: z.string(),
  group: z.string().nullable(),
  description: z.string(),
  entity: z.string().nullable(),
  domain: z.string().nullable(),
  type: z.string().nullable(),
  team: z.string(),
  tags: z.array(z.string()),
  lifecycle: z.string(),
  classification: z.string(),
  sample: z.boolean(),
  certified: z.boolean(),
  updated_at: z.string(),
  rank: z.int(),
})

const hitsRow = z.object({ hits: z.array(hitRow) })
type HitRow = z.output<typeof hitRow>

type Answer = Counts & { hits: HitRow[] }

const nothing = (): Answer => ({ unfiltered: 0, total: 0, facets: noFacets(), without: {}, hits: [] })

const firstRow = async (statement: SQL) => (await db().execute(statement))[0]

async function ask(ctx: Context, asked: Asked, query: SearchQuery, offset: number): Promise<Answer> {
  const statement = searchStatement(ctx, asked, query, offset)
  if (statement === null) return nothing()
  const row = await firstRow(statement)
  return { ...countsOf(row), ...hitsRow.parse(row) }
}

async function browse(ctx: Context, query: SearchQuery, offset: number): Promise<Answer> {
  const [page, counts] = await Promise.all([
    firstRow(browseStatement(ctx, query, offset)),
    keptCounts(ctx, countStatement(ctx, query), async (statement) => countsOf(await firstRow(statement))),
  ])
  return { ...counts, ...hitsRow.parse(page) }
}

/** `asked`: what was typed, when it was corrected. */
function hitOf(row: HitRow, terms: Terms, asked: string | null): HitResource {
  const { rank, updated_at, ...rest } = row
  const match = asked === null ? (matchNames[rank] ?? 'none') : 'misspelling'
  const synonyms = new Set(terms.concepts.flatMap((concept) => concept.synonyms))
  const marked = (text: string) => highlightRanges(text, terms.content, synonyms)
  return {
    ...rest,
    updated_at: isoInstant(updated_at),
    match,
    why: whyFound(match, row, terms, asked),
    highlight: {
      name: highlightRanges(row.name, terms.words),
      description: marked(row.description),
      tags: row.tags.filter((tag) => marked(tag).length > 0),
    },
  }
}

/** Which filters left nothing of what was found, those first whose going alone brings something back. */
function emptiedBy(
  { total, unfiltered, without }: Counts,
  query: SearchQuery,
): SearchResource['meta']['emptied_by'] {
  if (total > 0 || unfiltered === 0) return []
  return filtersOf(query)
    .map((filter) => ({ filter, values: query[filter] ?? [], total_without: without[filter] ?? 0 }))
    .filter(({ values, total_without }) => values.length > 0 || total_without > 0)
    .sort((one, other) => other.total_without - one.total_without)
}

type Emptied = Pick<SearchResource['meta'], 'unfiltered_total' | 'emptied_by'>

/** The same where nothing is left of one feature group: without it there may be something. */
async function emptiedWithin(ctx: Context, answer: Counts, query: SearchQuery): Promise<Emptied> {
  const own = { unfiltered_total: answer.unfiltered, emptied_by: emptiedBy(answer, query) }
  const { group, cursor: _page, ...rest } = query
  if (group === undefined || answer.total > 0) return own
  const { meta } = await search(ctx, { ...rest, facets: 'false', limit: 1 })
  if (meta.unfiltered_total === 0) return own
  const within = { filter: 'group' as const, values: [group], total_without: meta.total }
  return {
    unfiltered_total: meta.unfiltered_total,
    emptied_by: [within, ...own.emptied_by].sort((one, other) => other.total_without - one.total_without),
  }
}

/**
 * Whether some hit holds a word as it was typed. The stem of a misspelled word can meet the stem of a right one
 * (`engagment`, `engagement`): such hits alone do not say that the word was meant so.
 */
function isLiteral({ hits }: Answer, { content }: Terms): boolean {
  return hits.some(({ rank, description, tags, entity, team, domain }) => {
    if (matchNames[rank] !== 'meaning') return true
    return (
      highlightRanges([description, entity ?? '', team, domain ?? '', ...tags].join(' '), content).length > 0
    )
  })
}

const strict = (terms: Terms): Asked => ({ terms, atLeast: terms.concepts.length, weights: [] })

/** What says most of what is meant, where nothing says all of it; the rarer what it says, the better. */
async function askLess(ctx: Context, terms: Terms, query: SearchQuery, offset: number): Promise<Answer> {
  const worth = await weightsOf(ctx, terms.concepts)
  const concepts = terms.concepts.filter((_, at) => (worth[at] ?? 0) > 0)
  const weights = worth.filter((weight) => weight > 0)
  const least = Math.max(1, Math.ceil(terms.concepts.length / 2))
  const most = Math.min(concepts.length, terms.concepts.length - 1)
  for (let atLeast = most; atLeast >= least; atLeast--) {
    const answer = await ask(ctx, { terms: { ...terms, concepts }, atLeast, weights }, query, offset)
    if (answer.unfiltered > 0) return answer
  }
  return nothing()
}

interface Understood {
  terms: Terms
  answer: Answer
  /** What was typed, when it was corrected. */
  asked: string | null
}

/** The query by what the thesaurus and the glossary know of its words, and what somebody has written of that. */
async function meaningOf(ctx: Context, terms: Terms): Promise<Terms> {
  const others = await otherWordsFor(ctx, terms.words)
  return pruned(others.size === 0 ? terms : withOtherWords(terms, others))
}

/** As it was typed, else with its words spelled right, else by most of what it says. */
async function understand(ctx: Context, query: SearchQuery, offset: number): Promise<Understood> {
  const terms = await meaningOf(ctx, termsOf(query.q))
  const answer = await ask(ctx, strict(terms), query, offset)
  const isDoubtful = answer.unfiltered === 0 || (answer.hits.length > 0 && !isLiteral(answer, terms))
  if (!isDoubtful || terms.words.length === 0) return { terms, answer, asked: null }
  const spelled = await correctTerms(ctx, terms)
  const corrected = spelled && (await meaningOf(ctx, spelled))
  const meant = corrected ?? terms
  const asked = corrected ? terms.text : null
  if (corrected) {
    const found = await ask(ctx, strict(corrected), query, offset)
    if (found.unfiltered > 0) return { terms: corrected, answer: found, asked }
  }
  if (answer.unfiltered > 0) return { terms, answer, asked: null }
  return { terms: meant, answer: await askLess(ctx, meant, query, offset), asked }
}

/**
 * Hits, facets and counts in one answer, over what the caller may see. Order: exact name, prefix, words of the name,
 * meaning; a misspelled query is corrected when nothing else is found; deprecated assets come last.
 */
export async function search(ctx: Context, query: SearchQuery): Promise<SearchResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const offset = offsetOf(query.cursor)
  const { terms, answer, asked } =
    query.q.trim() === ''
      ? { terms: termsOf(''), answer: await browse(ctx, query, offset), asked: null }
      : await understand(ctx, query, offset)
  const page = pageOf(
    answer.hits.map((row) => hitOf(row, terms, asked)),
    offset,
    query.limit,
    answer.total,
  )
  return {
    data: page.data,
    facets: answer.facets,
    meta: {
      ...page.meta,
      ...(await emptiedWithin(ctx, answer, query)),
      capped: query.q.trim() !== '' && answer.total >= mostRanked,
      corrected: asked === null ? null : terms.words.join(' '),
    },
  }
}
