import { sql } from 'drizzle-orm'
import { type Transaction, withTransaction } from '@/db/client'
import { catalogDocuments as document } from '@/db/schema'
import { visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { correction, nearSpellings } from './spelling'
import { type Terms, termsOf } from './terms'

/** Low, because edits are counted afterwards: trigrams only fetch candidates. */
const similarity = '0.3'
const mostCandidates = 300

async function candidates(tx: Transaction, ctx: Context, word: string): Promise<Set<string>> {
  const near = [word, ...nearSpellings(word)].map((spelling) => `'${spelling}':*`).join(' | ')
  const rows = await tx
    .select({ words: document.words })
    .from(document)
    .where(
      sql`${visible(ctx, { teamId: document.teamId, classification: document.classification, groupId: document.groupId })}
        and (${word} <% ${document.words} or ${document.search} @@ to_tsquery('simple', ${near}))`,
    )
    .orderBy(sql`word_similarity(${word}, ${document.words}) desc`)
    .limit(mostCandidates)
  return new Set(rows.flatMap((row) => row.words.split(' ')))
}

/**
 * The query with each word that begins none in the catalogue replaced by the nearest that the caller may see;
 * null when a word has none near it.
 */
export function correctTerms(ctx: Context, terms: Terms): Promise<Terms | null> {
  return withTransaction(async (tx) => {
    await tx.execute(sql`select set_config('pg_trgm.word_similarity_threshold', ${similarity}, true)`)
    const corrected: string[] = []
    for (const word of terms.words) {
      const meant = correction(word, await candidates(tx, ctx, word))
      if (meant === null) return null
      corrected.push(meant)
    }
    const next = termsOf(corrected.join(' '))
    return next.text === terms.words.join(' ') ? null : next
  })
}
