import { z } from 'zod'
import { db } from '@/db/client'
import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { isoInstant, offsetOf, pageOf } from '@/lib/registry'
import { correctTerms } from './correct'
import {
  assetKindSchema,
  type FacetName,
  facetNames,
  type HitResource,
  matchNames,
  type SearchQuery,
  type SearchResource,
} from './operations'
import { searchStatement } from './search-sql'
import { type Terms, termsOf } from './terms'
import { highlightRanges, whyFound } from './why'

const hitRow = z.object({
  kind: assetKindSchema,
  name: z.string(),
  short_name: z.string(),
  group: z.string().nullable(),
  description: z.string(),
  entity: z.string().nullable(),
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

const answerRow = z.object({
  unfiltered: z.int(),
  total: z.int(),
  hits: z.array(hitRow),
  facets: z.array(z.object({ facet: z.enum(facetNames), value: z.string(), count: z.int() })),
})
type Answer = z.output<typeof answerRow>

async function ask(ctx: Context, terms: Terms, query: SearchQuery, offset: number): Promise<Answer> {
  const [row] = await db().execute(searchStatement(ctx, terms, query, offset))
  return answerRow.parse(row)
}

/** `asked`: what was typed, when it was corrected. */
function hitOf(row: Answer['hits'][number], terms: Terms, asked: string | null): HitResource {
  const { rank, updated_at, ...rest } = row
  const match = asked === null ? (matchNames[rank] ?? 'none') : 'misspelling'
  return {
    ...rest,
    updated_at: isoInstant(updated_at),
    match,
    why: whyFound(match, row, terms, asked),
    highlight: {
      name: highlightRanges(row.name, terms.words),
      description: highlightRanges(row.description, terms.words),
    },
  }
}

function facetsOf(rows: Answer['facets']): SearchResource['facets'] {
  const of = (name: FacetName) =>
    rows.filter((row) => row.facet === name).map(({ value, count }) => ({ value, count }))
  return {
    kind: of('kind'),
    team: of('team'),
    entity: of('entity'),
    type: of('type'),
    tag: of('tag'),
    lifecycle: of('lifecycle'),
    classification: of('classification'),
    certified: of('certified'),
  }
}

/**
 * Whether some hit holds a word as it was typed. The stem of a misspelled word can meet the stem of a right one
 * (`engagment`, `engagement`): such hits alone do not say that the word was meant so.
 */
function isLiteral({ hits }: Answer, { words }: Terms): boolean {
  return hits.some(({ rank, description, tags, entity }) => {
    if (matchNames[rank] !== 'meaning') return true
    return highlightRanges([description, entity ?? '', ...tags].join(' '), words).length > 0
  })
}

/**
 * Hits, facets and counts in one answer, over what the caller may see. Order: exact name, prefix, words of the name,
 * meaning; a misspelled query is corrected when nothing else is found; deprecated assets come last.
 */
export async function search(ctx: Context, query: SearchQuery): Promise<SearchResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const offset = offsetOf(query.cursor)
  let terms = termsOf(query.q)
  let answer = await ask(ctx, terms, query, offset)
  let asked: string | null = null
  const isDoubtful = answer.unfiltered === 0 || (answer.hits.length > 0 && !isLiteral(answer, terms))
  if (isDoubtful && terms.words.length > 0) {
    const corrected = await correctTerms(ctx, terms)
    if (corrected) {
      asked = terms.text
      terms = corrected
      answer = await ask(ctx, terms, query, offset)
    }
  }
  const page = pageOf(
    answer.hits.map((row) => hitOf(row, terms, asked)),
    offset,
    query.limit,
    answer.total,
  )
  return {
    data: page.data,
    facets: facetsOf(answer.facets),
    meta: {
      ...page.meta,
      unfiltered_total: answer.unfiltered,
      corrected: asked === null ? null : terms.text,
    },
  }
}
