import { and, count, eq, ilike, or, sql } from 'drizzle-orm'
import { db, withTransaction } from '@/db/client'
import { glossaryTerms } from '@/db/schema'
import { authorize, authorizeAtAll, record } from '@/lib/audit'
import type { ResourceFacts } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { requireMatch } from '@/lib/core/if-match'
import { parseInput } from '@/lib/core/parse-input'
import { isStorableText } from '@/lib/core/text'
import { offsetOf, onDuplicate, ownerTeam, pageOf } from '@/lib/registry'
import { forgetTerms } from './known-terms'
import { addTermInput, changeTermInput, type ListTermsQuery, type TermResource } from './operations'
import {
  byKey,
  etagOf,
  factsOf,
  keyOf,
  lockTerm,
  requireTerm,
  rowFacts,
  selectTerms,
  serialize,
  serializeAll,
  visibleTerms,
} from './queries'

/** Other words than the name, each once. */
const otherWords = (name: string, synonyms: readonly string[]): string[] => [
  ...new Map(
    synonyms.filter((word) => keyOf(word) !== keyOf(name)).map((word) => [keyOf(word), word]),
  ).values(),
]

/** The terms by name. Errors: `invalid` (cursor). */
export async function listTerms(ctx: Context, { q, limit, cursor }: ListTermsQuery) {
  await authorizeAtAll(ctx, 'catalog:describe')
  const offset = offsetOf(cursor)
  const like = `%${(q ?? '').trim().replaceAll(/[\\%_]/g, '\\$&')}%`
  const asked =
    q === undefined || q.trim() === ''
      ? undefined
      : isStorableText(q)
        ? or(
            ilike(glossaryTerms.name, like),
            ilike(glossaryTerms.meaning, like),
            sql`exists (select 1 from unnest(${glossaryTerms.synonyms}) s where s ilike ${like})`,
          )
        : sql`false`
  const where = and(visibleTerms(ctx), asked)
  const [rows, counted] = await Promise.all([
    selectTerms().where(where).orderBy(byKey).limit(limit).offset(offset),
    db().select({ total: count() }).from(glossaryTerms).where(where),
  ])
  return pageOf(await serializeAll(rows), offset, limit, counted[0]?.total ?? 0)
}

/** Errors: `not_found`. */
export async function getTerm(ctx: Context, name: string): Promise<TermResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  return serialize(await requireTerm(ctx, name))
}

/** What the policies may know of a term. Errors: `not_found`. */
export const termFactsOf = async (ctx: Context, name: string): Promise<ResourceFacts> =>
  rowFacts(await requireTerm(ctx, name))

/** Adds a term. Errors: `conflict` when there is one of that name, `invalid`, `forbidden`. */
export async function addTerm(ctx: Context, body: unknown): Promise<TermResource> {
  await authorizeAtAll(ctx, 'group:create')
  const { name, meaning, synonyms, owner_team } = parseInput(addTermInput, body)
  const team = await ownerTeam(ctx, owner_team)
  const facts = factsOf({ name, teamId: team.id, team: team.name })
  const decision = await authorize(ctx, 'group:create', facts)
  const at = ctx.now().toISOString()
  const made = await onDuplicate(
    () =>
      withTransaction(async (tx) => {
        await tx.insert(glossaryTerms).values({
          id: newId(ctx.now().getTime()),
          name,
          key: keyOf(name),
          meaning,
          synonyms: otherWords(name, synonyms),
          ownerTeamId: team.id,
          createdBy: ctx.actor.id,
          createdAt: at,
          updatedAt: at,
        })
        await record(tx, ctx, {
          action: 'group:create',
          resource: facts,
          decision,
          after: { name, meaning, synonyms, owner_team: team.name },
          environment: null,
        })
        return lockTerm(tx, name)
      }),
    () => new DomainError('conflict', `The glossary has a term \`${name}\` already.`),
  )
  forgetTerms()
  return serialize(made)
}

/** Errors: `precondition_required`, `precondition_failed`, `forbidden`, `not_found`, `invalid`. */
export async function changeTerm(
  ctx: Context,
  name: string,
  body: unknown,
  ifMatch: string | null,
): Promise<TermResource> {
  await authorizeAtAll(ctx, 'group:update')
  const { owner_team, ...said } = parseInput(changeTermInput, body)
  const facts = rowFacts(await requireTerm(ctx, name))
  const decision = await authorize(ctx, 'group:update', facts)
  const team = owner_team === undefined ? null : await ownerTeam(ctx, owner_team)
  if (team && team.id !== facts.teamId)
    await authorize(ctx, 'group:create', { ...facts, teamId: team.id, team: team.name })
  const changed = await withTransaction(async (tx) => {
    const before = await lockTerm(tx, name)
    requireMatch(ifMatch, etagOf(before))
    await tx
      .update(glossaryTerms)
      .set({
        ...said,
        ...(said.synonyms ? { synonyms: otherWords(before.term.name, said.synonyms) } : {}),
        ...(team ? { ownerTeamId: team.id } : {}),
        revision: before.term.revision + 1,
        updatedAt: ctx.now().toISOString(),
      })
      .where(eq(glossaryTerms.id, before.term.id))
    const { meaning, synonyms } = before.term
    await record(tx, ctx, {
      action: 'group:update',
      resource: facts,
      decision,
      before: { meaning, synonyms, owner_team: before.team },
      after: { ...said, owner_team },
      environment: null,
    })
    return lockTerm(tx, name)
  })
  forgetTerms()
  return serialize(changed)
}

/** Errors: `precondition_required`, `precondition_failed`, `forbidden`, `not_found`. */
export async function removeTerm(ctx: Context, name: string, ifMatch: string | null): Promise<void> {
  await authorizeAtAll(ctx, 'group:delete')
  const facts = rowFacts(await requireTerm(ctx, name))
  const decision = await authorize(ctx, 'group:delete', facts)
  await withTransaction(async (tx) => {
    const before = await lockTerm(tx, name)
    requireMatch(ifMatch, etagOf(before))
    await tx.delete(glossaryTerms).where(eq(glossaryTerms.id, before.term.id))
    const { meaning, synonyms } = before.term
    await record(tx, ctx, {
      action: 'group:delete',
      resource: facts,
      decision,
      before: { name: before.term.name, meaning, synonyms, owner_team: before.team },
      environment: null,
    })
  })
  forgetTerms()
}
