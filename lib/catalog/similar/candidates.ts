import { and, eq, ne, type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { catalogDocuments as document } from '@/db/schema'
import { visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import type { ComparedFeature } from './compare-features'
import { wordsFor } from './thesaurus'
import { conceptsOf } from './words'

const mostCandidates = 300
/** Ranking costs by the line: of the names that fit, and of whatever says the words, so many are looked at. */
const mostRanked = { named: 1000, same: 1000, any: 500 }
/** Of all concepts, and of each: what follows on them in the thesaurus is said more seldom. */
const mostWords = 200
const mostWordsEach = 12

/** Shorter words begin too many others. */
const shortestStem = 3

const lexeme = (word: string) => `'${word.replaceAll("'", "''")}'`

/** Any of the words, and of those that stand for the same; null without one. */
function anyWord(text: string): string | null {
  const words = [...conceptsOf(text)].flatMap(([concept, weight]) =>
    weight < 0.5 ? [] : wordsFor(concept).slice(0, mostWordsEach),
  )
  const usable = words.filter((word) => /^[\p{L}\p{N}]+$/u.test(word)).slice(0, mostWords)
  return usable.length === 0
    ? null
    : usable.map((word) => (word.length < shortestStem ? lexeme(word) : `${lexeme(word)}:*`)).join(' | ')
}

/** Lines of the catalogue that may mean the same, likeliest first by their words; only what the caller may know of. */
export function candidatesFor(ctx: Context, feature: ComparedFeature, not: string | null) {
  const names = anyWord(feature.name)
  const anywhere = anyWord(`${feature.name} ${feature.description}`)
  const query = (text: string) => sql`to_tsquery('simple', ${text})`
  const likeness = sql`word_similarity(${feature.name.replaceAll('_', ' ')}, ${document.words})`
  const named = sql`${document.shortName} = ${feature.name}`
  const may = and(
    visible(ctx, {
      teamId: document.teamId,
      classification: document.classification,
      groupId: document.groupId,
    }),
    eq(document.kind, 'feature'),
    ne(document.lifecycle, 'archived'),
    not === null ? undefined : ne(document.name, not),
  )
  const found = (where: SQL, most: number) =>
    sql`(select ${document}.ctid from ${document} where ${and(may, where)} limit ${most})`
  const says = (text: string) => sql`${document.search} @@ ${query(text)}`
  const looked = [
    found(
      sql`translate(${document.shortName}, '_', '') = translate(${feature.name}, '_', '')`,
      mostRanked.named,
    ),
    ...(names === null ? [] : [found(says(names), mostRanked.named)]),
    ...(anywhere === null
      ? []
      : [
          found(sql`${says(anywhere)} and ${document.entity} = ${feature.entity ?? ''}`, mostRanked.same),
          found(says(anywhere), mostRanked.any),
        ]),
  ]
  const rank = sql`(case when ${named} then 1 else 0 end) + ${likeness}
    + ${names === null ? sql`0` : sql`ts_rank(${document.search}, ${query(names)})`}
    + ${anywhere === null ? sql`0` : sql`ts_rank(${document.search}, ${query(anywhere)})`}
    + (case when ${document.entity} = ${feature.entity ?? ''} then 0.3 else 0 end)`
  return (
    db()
      .select({
        name: document.name,
        shortName: document.shortName,
        group: document.groupName,
        description: document.description,
        entity: document.entity,
        type: document.dataType,
        team: document.team,
        classification: document.classification,
        lifecycle: document.lifecycle,
      })
      .from(document)
      // By their place: by their names the whole catalogue would be read beside them.
      .where(sql`${document}.ctid = any(array(${sql.join(looked, sql` union `)}))`)
      .orderBy(sql`${rank} desc`, document.name)
      .limit(mostCandidates)
  )
}

export type Candidate = Awaited<ReturnType<typeof candidatesFor>>[number]

/** The line of a feature; the caller has decided that its reader may know of it. */
export async function lineOf(name: string) {
  const [line] = await db()
    .select({ description: document.description, entity: document.entity })
    .from(document)
    .where(and(eq(document.kind, 'feature'), eq(document.name, name)))
  return line ?? null
}
