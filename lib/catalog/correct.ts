import { inArray, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { catalogWords, catalogDocuments as document } from '@/db/schema'
import { visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { otherWordsFor } from '@/lib/glossary'
import { corrections, nearSpellings } from './spelling'
import {
  beginning,
  type Concept,
  isWordOfTheField,
  type Terms,
  termsOf,
  withWritten,
  writtenForms,
} from './terms'

const mostCandidates = 200
const mostTried = 6
/** Beyond so many lines a concept is common, and it is not counted further. */
const mostCounted = 5000

const known = (ctx: Context, query: SQL): SQL => {
  const { teamId, classification, groupId, search } = document
  return sql`from ${document} where ${search} @@ ${query} and ${visible(ctx, { teamId, classification, groupId })}`
}

const list = z.array(z.coerce.number())

/** One number for each expression, in one statement. */
async function numbers(parts: SQL[]): Promise<number[]> {
  if (parts.length === 0) return []
  const rows = await db().execute(sql`select json_build_array(${sql.join(parts, sql`, `)}) as numbers`)
  return list.parse(rows[0]?.numbers)
}

const beginsOne = (ctx: Context, words: readonly string[]) =>
  numbers(
    words.map((word) => sql`exists(select ${known(ctx, sql`to_tsquery('simple', ${`'${word}':*`})`)})::int`),
  )

/** The words near one, from the most like it on; not all of them need be the caller’s to see. */
async function candidates(word: string): Promise<string[]> {
  const column = catalogWords.word
  const near = nearSpellings(word).map((spelling) => sql`${column} like ${beginning(spelling)}`)
  const rows = await db()
    .select({ word: column })
    .from(catalogWords)
    .where(sql.join([sql`${column} % ${word}`, ...near], sql` or `))
    .orderBy(sql`similarity(${column}, ${word}) desc, ${column}`)
    .limit(mostCandidates)
  return rows.map((row) => row.word)
}

/** The nearest word that a line has which the caller may know of; null when there is none. */
async function correctWord(ctx: Context, word: string): Promise<string | null> {
  const near = corrections(word, await candidates(word)).slice(0, mostTried)
  const shown = await numbers(
    near.map((one) => sql`exists(select ${known(ctx, sql`to_tsquery('simple', ${`'${one}'`})`)})::int`),
  )
  return near.find((_, at) => shown[at] === 1) ?? null
}

/**
 * The query with each word that no line has, and that is no word of the field, replaced by the nearest that the caller
 * may see. Null when there is nothing to correct.
 */
export async function correctTerms(ctx: Context, terms: Terms): Promise<Terms | null> {
  const told = await otherWordsFor(ctx, terms.content)
  const unsure = terms.content.filter((word) => !isWordOfTheField(word) && !told.has(word))
  const begins = await beginsOne(ctx, unsure)
  const unknown = new Set(unsure.filter((_, at) => begins[at] === 0))
  if (unknown.size === 0) return null
  const meant = await Promise.all(
    terms.words.map((word) => (unknown.has(word) ? correctWord(ctx, word) : word)),
  )
  const words = terms.words.map((word, at) => meant[at] ?? word)
  return words.some((word, at) => word !== terms.words[at]) ? termsOf(words.join(' ')) : null
}

/** The query without the synonyms that no line has: the index has less to look for. */
export async function pruned(terms: Terms): Promise<Terms> {
  const forms = writtenForms(terms)
  if (forms.length === 0) return terms
  const rows = await db()
    .select({ word: catalogWords.word })
    .from(catalogWords)
    .where(inArray(catalogWords.word, forms))
  return withWritten(terms, new Set(rows.map(({ word }) => word)))
}

const lines = 50_000

/** What each concept says about a line that has it: much when few have it; nothing when none has. */
export async function weightsOf(ctx: Context, concepts: readonly Concept[]): Promise<number[]> {
  const counts = await numbers(
    concepts.map(
      ({ simple, english }) =>
        sql`(select count(*) from (select 1 ${known(
          ctx,
          sql`(to_tsquery('simple', ${simple}) || to_tsquery('english', ${english}))`,
        )} limit ${mostCounted}) c)`,
    ),
  )
  return counts.map((count) => (count === 0 ? 0 : Math.log(1 + lines / count)))
}
