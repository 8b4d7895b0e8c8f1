import { and, desc, eq, gt, isNull } from 'drizzle-orm'
import { db, withTransaction } from '@/db/client'
import { people, sessions } from '@/db/schema'
import { authorize, authorizeAtAll, record } from '@/lib/audit'
import { type Decision, decide, policyVersion, systemResource } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { notFound } from '@/lib/core/errors'
import { requireMatch } from '@/lib/core/if-match'
import { parseInput } from '@/lib/core/parse-input'
import { announceChange, forget } from './changes'
import { personFacts } from './facts'
import { toInstant } from './instants'
import { requirePerson } from './people'
import { type SessionResource, sessionsQuery } from './resources'

type SessionRow = typeof sessions.$inferSelect

const serialize = (ctx: Context, row: SessionRow): SessionResource => ({
  id: row.id,
  current: ctx.actor.kind === 'user' && ctx.actor.sessionId === row.id,
  address: row.address,
  user_agent: row.userAgent,
  created_at: toInstant(row.createdAt),
  last_seen_at: toInstant(row.lastSeenAt),
  expires_at: toInstant(row.expiresAt),
})

/** Somebody's own sessions are theirs; a key, which may be limited, never counts as the person. */
const isOwn = ({ actor }: Context, personId: string) => actor.kind === 'user' && actor.id === personId

const ownSession: Decision = {
  allowed: true,
  policies: ['own-session'],
  policyVersion,
  rule: 'A session is looked after by the person who opened it.',
  missing: [],
  whoCanHelp: [],
}

async function allowed(ctx: Context, personId: string): Promise<Decision> {
  if (isOwn(ctx, personId)) return ownSession
  await authorizeAtAll(ctx, 'people:manage')
  return authorize(ctx, 'people:manage', personFacts(await requirePerson(personId)))
}

/**
 * Open sessions of the caller, or with `person` of somebody else for those who manage people; last seen first.
 * Errors: `forbidden`, `not_found`.
 */
export async function listSessions(ctx: Context, input: unknown): Promise<{ data: SessionResource[] }> {
  const { person = ctx.actor.id } = parseInput(sessionsQuery, input)
  await allowed(ctx, person)
  const rows = await db()
    .select()
    .from(sessions)
    .where(
      and(
        eq(sessions.personId, person),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, ctx.now().toISOString()),
      ),
    )
    .orderBy(desc(sessions.lastSeenAt), desc(sessions.id))
  return { data: rows.map((row) => serialize(ctx, row)) }
}

/** Sessions that the caller may end: all of them for who manages people, else their own. */
async function findOpen(ctx: Context, id: string) {
  const managesAll = decide(ctx, 'people:manage', systemResource).allowed
  if (!managesAll && ctx.actor.kind !== 'user') await authorizeAtAll(ctx, 'people:manage')
  if (id.includes('\u0000')) throw notFound('Session')
  const [row] = await db()
    .select({ person: { id: people.id, name: people.name } })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.personId))
    .where(
      and(
        eq(sessions.id, id),
        isNull(sessions.revokedAt),
        managesAll ? undefined : eq(sessions.personId, ctx.actor.id),
      ),
    )
  if (!row) throw notFound(`Session ${id}`)
  return row.person
}

/**
 * Ends a session, at once in every process: one's own, or anybody's for those who manage people. Errors: `not_found`,
 * the same for a missing session and for somebody else's; `precondition_required`.
 */
export async function endSession(
  ctx: Context,
  { id, ifMatch }: { id: string; ifMatch: string | null },
): Promise<void> {
  requireMatch(ifMatch)
  const person = await findOpen(ctx, id)
  const decision = await allowed(ctx, person.id)
  await withTransaction(async (tx) => {
    await tx.update(sessions).set({ revokedAt: ctx.now().toISOString() }).where(eq(sessions.id, id))
    await record(tx, ctx, {
      action: 'people:manage',
      resource: personFacts(person),
      decision,
      before: { session: id },
      reason: 'Session ended.',
      environment: null,
    })
    await announceChange(tx)
  })
  forget()
}
