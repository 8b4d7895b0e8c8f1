import { and, isNull, sql } from 'drizzle-orm'
import type { Executor } from '@/db/client'
import { people } from '@/db/schema'

const longestName = 120
const mostMentions = 50

/** What follows each `@` of a text, as far as a name could reach. */
const candidates = (text: string): string[] =>
  [...text.matchAll(/(?<![\p{L}\p{N}._-])@(?=\S)/gu)]
    .slice(0, mostMentions)
    .map(({ index }) => text.slice(index + 1, index + 1 + longestName).toLowerCase())

const isWordPart = /^[\p{L}\p{N}]/u

/** The longest of the names that the text begins with and that ends where a word does. */
function named<T extends { name: string; email: string }>(after: string, known: readonly T[]): T | undefined {
  const spelled = known.flatMap((person) => [person.email, person.name].map((text) => ({ person, text })))
  return spelled
    .filter(({ text }) => after.startsWith(text.toLowerCase()) && !isWordPart.test(after.slice(text.length)))
    .sort((a, b) => b.text.length - a.text.length)[0]?.person
}

/** Ids of the people whom a text names by `@Name` or `@address`. */
export async function mentionedIn(executor: Executor, text: string): Promise<string[]> {
  const found = candidates(text)
  if (found.length === 0) return []
  const known = await executor
    .select({ id: people.id, name: people.name, email: people.email })
    .from(people)
    .where(
      and(
        isNull(people.disabledAt),
        sql`exists (select 1 from unnest(${sql.param(found)}::text[]) after
          where starts_with(after, lower(${people.name})) or starts_with(after, lower(${people.email})))`,
      ),
    )
  return [...new Set(found.flatMap((after) => named(after, known)?.id ?? []))]
}
