import { asc, eq, type SQL, sql } from 'drizzle-orm'
import { db, type Executor, type Transaction } from '@/db/client'
import { glossaryTerms, teams } from '@/db/schema'
import { decide, missing, type ResourceFacts, visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { isStorableText } from '@/lib/core/text'
import { isoInstant, namesOf } from '@/lib/registry'
import type { TermResource } from './operations'

const columns = { term: glossaryTerms, team: teams.name }

export const selectTerms = (executor: Executor = db()) =>
  executor.select(columns).from(glossaryTerms).innerJoin(teams, eq(teams.id, glossaryTerms.ownerTeamId))

export interface TermRow {
  term: typeof glossaryTerms.$inferSelect
  team: string
}

/** Two spellings of one name have one key. */
export const keyOf = (name: string) => name.normalize('NFC').toLowerCase()

export const etagOf = ({ term }: TermRow) => `"${term.revision}"`

/** A term is as open as an internal asset. */
export const factsOf = (term: { name: string; teamId: string; team: string }): ResourceFacts => ({
  kind: 'term',
  id: keyOf(term.name),
  classification: 'internal',
  tags: [],
  ...term,
})

export const rowFacts = ({ term, team }: TermRow) =>
  factsOf({ name: term.name, teamId: term.ownerTeamId, team })

export const visibleTerms = (ctx: Context): SQL =>
  visible(ctx, { teamId: glossaryTerms.ownerTeamId, classification: sql`'internal'` })

async function findTerm(name: string, executor: Executor = db()): Promise<TermRow | null> {
  if (!isStorableText(name)) return null
  const [row] = await selectTerms(executor).where(eq(glossaryTerms.key, keyOf(name)))
  return row ?? null
}

/** Errors: `not_found`, the same for a missing and for a hidden term. */
export async function requireTerm(ctx: Context, name: string): Promise<TermRow> {
  const row = await findTerm(name)
  if (!row || !decide(ctx, 'catalog:describe', rowFacts(row)).allowed) throw missing('term', name)
  return row
}

/** Read anew under its lock. */
export async function lockTerm(tx: Transaction, name: string): Promise<TermRow> {
  await tx
    .select({ id: glossaryTerms.id })
    .from(glossaryTerms)
    .where(eq(glossaryTerms.key, keyOf(name)))
    .for('update')
  const row = await findTerm(name, tx)
  if (!row) throw missing('term', name)
  return row
}

/** Terms as they are told, in the order given. */
export async function serializeAll(rows: readonly TermRow[]): Promise<TermResource[]> {
  const nameOf = await namesOf(rows.map(({ term }) => term.createdBy))
  return rows.map((row) => ({
    name: row.term.name,
    meaning: row.term.meaning,
    synonyms: row.term.synonyms,
    owner_team: row.team,
    created_by: nameOf(row.term.createdBy),
    created_at: isoInstant(row.term.createdAt),
    updated_at: isoInstant(row.term.updatedAt),
    etag: etagOf(row),
  }))
}

export async function serialize(row: TermRow): Promise<TermResource> {
  const [term] = await serializeAll([row])
  if (!term) throw new Error('One row gives one term.')
  return term
}

export const byKey = asc(glossaryTerms.key)
