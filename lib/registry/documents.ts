import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { Executor } from '@/db/client'
import { catalogDocuments, catalogWords } from '@/db/schema'
import { wordsOfName } from './words'

export type DocumentKind = 'group' | 'feature' | 'service' | 'entity' | 'source' | 'dataset'

/** One searchable asset. */
export interface CatalogDocument {
  kind: DocumentKind
  /** `group`, `group:feature`, or the name of a service, entity, source or training dataset. */
  name: string
  groupName: string | null
  groupId: string | null
  description: string
  entity: string | null
  /** Absent: in none. */
  domain?: string | null
  team: string
  teamId: string
  tags: string[]
  dataType: string | null
  classification: string
  lifecycle: string
  sample: boolean
  /** Order within its group. */
  position: number
}

const shortNameOf = (name: string) => name.slice(name.indexOf(':') + 1)

/** Name words weigh A; tags, entity, owner and domain B; the meaning D: a query can ask for names alone. */
function searchVector(nameWords: string[], labels: string[], description: string): SQL<string> {
  const name = nameWords.join(' ')
  const label = labels.flatMap(wordsOfName).join(' ')
  return sql<string>`setweight(to_tsvector('simple', ${name}), 'A') || setweight(to_tsvector('simple', ${label}), 'B') || setweight(to_tsvector('english', ${description}), 'D') || setweight(to_tsvector('simple', ${description}), 'D')`
}

const rowsInStatement = 500
const longestWord = 40

/** The words of lines that a misspelled one may have meant. */
const wordsOf = (lines: { words: string; description: string }[]): string[] => {
  const text = lines.map(({ words, description }) => `${words} ${description.toLowerCase()}`).join(' ')
  const found = text.split(/[^\p{L}\p{N}]+/u)
  return [...new Set(found)].filter(
    (word) => word.length > 2 && word.length <= longestWord && /\p{L}/u.test(word),
  )
}

/** In one order, so that two writers never wait for each other in a circle; what is there is not touched. */
async function keepWords(tx: Executor, lines: { words: string; description: string }[]): Promise<void> {
  const words = wordsOf(lines).sort()
  if (words.length === 0) return
  const list = sql.join(
    words.map((word) => sql`${word}`),
    sql`, `,
  )
  await tx.execute(sql`insert into ${catalogWords} (word)
    select word from unnest(array[${list}]::text[]) with ordinality as said(word, place)
    where not exists (select from ${catalogWords} known where known.word = said.word)
    order by place on conflict do nothing`)
}

/** Replaces the catalogue's line of each asset, in the transaction that changed the asset. */
export async function writeDocuments(tx: Executor, documents: CatalogDocument[], at: Date): Promise<void> {
  for (let start = 0; start < documents.length; start += rowsInStatement) {
    const values = documents.slice(start, start + rowsInStatement).map((document) => {
      const nameWords = wordsOfName(document.name)
      const { tags, entity, domain = null, team } = document
      const labels = [...tags, ...(entity ? [entity] : [])]
      return {
        ...document,
        domain,
        shortName: shortNameOf(document.name),
        words: [...new Set([...nameWords, ...labels.flatMap(wordsOfName)])].join(' '),
        updatedAt: at.toISOString(),
        search: searchVector(nameWords, [...labels, team, ...(domain ? [domain] : [])], document.description),
      }
    })
    const excluded = (column: string) => sql.raw(`excluded.${column}`)
    await tx
      .insert(catalogDocuments)
      .values(values)
      .onConflictDoUpdate({
        target: [catalogDocuments.kind, catalogDocuments.name],
        set: {
          description: excluded('description'),
          words: excluded('words'),
          entity: excluded('entity'),
          domain: excluded('domain'),
          team: excluded('team'),
          teamId: excluded('team_id'),
          groupId: excluded('group_id'),
          tags: excluded('tags'),
          dataType: excluded('data_type'),
          classification: excluded('classification'),
          lifecycle: excluded('lifecycle'),
          position: excluded('position'),
          updatedAt: excluded('updated_at'),
          search: excluded('search'),
        },
      })
    await keepWords(tx, values)
  }
}

export async function removeDocuments(tx: Executor, kind: DocumentKind, names: string[]): Promise<void> {
  if (names.length === 0) return
  await tx
    .delete(catalogDocuments)
    .where(and(eq(catalogDocuments.kind, kind), inArray(catalogDocuments.name, names)))
}

/** A group's own line and those of its features. */
export async function removeGroupDocuments(tx: Executor, groupId: string): Promise<void> {
  await tx.delete(catalogDocuments).where(eq(catalogDocuments.groupId, groupId))
}
