import { and, count, desc, eq, isNull, lt, type SQL, sql } from 'drizzle-orm'
import { db, type Transaction, withTransaction } from '@/db/client'
import { apiKeys, people, serviceAccounts } from '@/db/schema'
import { authorize, authorizeAtAll, record } from '@/lib/audit'
import { decide, missing, type ResourceFacts, systemResource } from '@/lib/authz'
import type { Actor, Context } from '@/lib/core/context'
import { DomainError, invalidField } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { requireMatch } from '@/lib/core/if-match'
import { parseInput } from '@/lib/core/parse-input'
import { announceChange, forget } from './changes'
import { keyFacts } from './facts'
import { instantOrNull, toInstant } from './instants'
import { decodeCursor, pageOf } from './page'
import { findPrincipal, type PrincipalRow, requireEnvironments } from './queries'
import { recordBuiltInRefusal } from './record-sign-in'
import { type ApiKeyResource, apiKeyInput, listQuery, type Page } from './resources'
import { digest, newKeySecret, shownPrefix } from './secrets'

type KeyRow = typeof apiKeys.$inferSelect
export type ApiKeyInput = ReturnType<typeof apiKeyInput.parse>

const serialize = (key: KeyRow, ownerName: string): ApiKeyResource => ({
  id: key.id,
  name: key.name,
  prefix: key.prefix,
  owner: { kind: key.ownerKind, id: key.ownerId, name: ownerName },
  scopes: key.scopes,
  environments: key.environments,
  groups: key.groups,
  expires_at: instantOrNull(key.expiresAt),
  last_used_at: instantOrNull(key.lastUsedAt),
  revoked_at: instantOrNull(key.revokedAt),
  created_at: toInstant(key.createdAt),
})

const within = (wanted: string[], limit: string[]) =>
  limit.length === 0 || (wanted.length > 0 && wanted.every((one) => limit.includes(one)))

/** A key that makes keys passes on its own limits at most. */
async function refuseWidening(ctx: Context, input: ApiKeyInput, facts: ResourceFacts): Promise<void> {
  const { actor } = ctx
  if (actor.kind !== 'apiKey') return
  const { expiresAt } = actor
  const outlives =
    expiresAt !== null && (input.expires_at === null || Date.parse(input.expires_at) > expiresAt.getTime())
  const isWithin =
    within(input.scopes, actor.scopes) &&
    within(input.environments, actor.environments) &&
    within(input.groups, actor.groups)
  if (outlives || !isWithin) {
    const rule = `API key ${actor.keyName} cannot make a key that may do more than itself.`
    await recordBuiltInRefusal(ctx, 'key:create', facts, { policy: 'key-widens', rule })
    throw new DomainError('forbidden', rule)
  }
}

async function ownerOf(actor: Actor, input: ApiKeyInput): Promise<PrincipalRow> {
  const wanted = input.service_account ?? actor.id
  const owner = await findPrincipal(wanted)
  if (input.service_account !== undefined && owner?.kind !== 'service') {
    throw invalidField(
      '/service_account',
      `There is no service account ${wanted}.`,
      'unknown_service_account',
    )
  }
  if (!owner) throw new DomainError('conflict', 'Only a person or a service account can own an API key.')
  return owner
}

/** Writes a key for its owner. The secret is in the answer and nowhere else. */
export async function insertApiKey(
  tx: Transaction,
  owner: PrincipalRow,
  input: ApiKeyInput,
  createdBy: string,
) {
  await requireEnvironments(input.environments, '/environments', tx)
  const secret = newKeySecret()
  const [key] = await tx
    .insert(apiKeys)
    .values({
      id: newId(),
      name: input.name,
      prefix: shownPrefix(secret),
      secretHash: digest(secret),
      ownerKind: owner.kind,
      ownerId: owner.id,
      scopes: input.scopes,
      environments: input.environments,
      groups: input.groups,
      expiresAt: input.expires_at,
      createdBy,
    })
    .returning()
  if (!key) throw new Error('The key was not written.')
  return { resource: serialize(key, owner.name), secret }
}

/** Makes a key for the caller or for a service account. Errors: `forbidden`, `invalid`. */
export async function createApiKey(
  ctx: Context,
  input: unknown,
): Promise<ApiKeyResource & { secret: string }> {
  await authorizeAtAll(ctx, 'key:create')
  const parsed = parseInput(apiKeyInput, input)
  if (parsed.expires_at !== null && Date.parse(parsed.expires_at) <= ctx.now().getTime())
    throw invalidField('/expires_at', 'lies in the past', 'in_the_past')
  const owner = await ownerOf(ctx.actor, parsed)
  const facts = keyFacts({ id: '', name: parsed.name, ownerId: owner.id })
  const decision = await authorize(ctx, 'key:create', facts)
  await refuseWidening(ctx, parsed, facts)
  const made = await withTransaction(async (tx) => {
    const { resource, secret } = await insertApiKey(tx, owner, parsed, ctx.actor.id)
    await record(tx, ctx, {
      action: 'key:create',
      resource: facts,
      decision,
      after: resource,
      environment: null,
    })
    return { ...resource, secret }
  })
  forget()
  return made
}

const named = () =>
  db()
    .select({ key: apiKeys, owner: sql<string>`coalesce(${people.name}, ${serviceAccounts.name}, '')` })
    .from(apiKeys)
    .leftJoin(people, eq(people.id, apiKeys.ownerId))
    .leftJoin(serviceAccounts, eq(serviceAccounts.id, apiKeys.ownerId))

/** Those who manage people look after all keys, everybody else after their own. */
const mine = (ctx: Context): SQL | undefined =>
  decide(ctx, 'people:manage', systemResource).allowed ? undefined : eq(apiKeys.ownerId, ctx.actor.id)

/** Keys that were not revoked, newest first. Errors: `forbidden`, `invalid`. */
export async function listApiKeys(ctx: Context, input: unknown): Promise<Page<ApiKeyResource>> {
  await authorizeAtAll(ctx, 'key:create')
  const query = parseInput(listQuery, input)
  const after = decodeCursor(query.cursor)
  const wanted = and(mine(ctx), isNull(apiKeys.revokedAt))
  const [counted] = await db().select({ total: count() }).from(apiKeys).where(wanted)
  const rows = await named()
    .where(and(wanted, after === undefined ? undefined : lt(apiKeys.id, after)))
    .orderBy(desc(apiKeys.id))
    .limit(query.limit + 1)
  return pageOf(
    rows,
    query.limit,
    counted?.total ?? 0,
    (row) => row.key.id,
    (row) => serialize(row.key, row.owner),
  )
}

/** A key that the caller looks after; that of somebody else is as good as missing. */
async function requireOwn(ctx: Context, id: string) {
  const [row] = id.includes('\u0000')
    ? []
    : await named().where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt), mine(ctx)))
  if (!row) throw missing('key', id)
  return row
}

/** One key, without its secret. Errors: `not_found`. */
export async function getApiKey(ctx: Context, id: string): Promise<ApiKeyResource> {
  await authorizeAtAll(ctx, 'key:create')
  const { key, owner } = await requireOwn(ctx, id)
  return serialize(key, owner)
}

/** Revokes a key, at once in every process. Errors: `not_found`, `precondition_required`. */
export async function revokeApiKey(
  ctx: Context,
  { id, ifMatch }: { id: string; ifMatch: string | null },
): Promise<void> {
  await authorizeAtAll(ctx, 'key:create')
  requireMatch(ifMatch)
  const { key } = await requireOwn(ctx, id)
  const facts = keyFacts(key)
  const decision = await authorize(ctx, 'key:create', facts)
  await withTransaction(async (tx) => {
    await tx.update(apiKeys).set({ revokedAt: ctx.now().toISOString() }).where(eq(apiKeys.id, id))
    const before = { id, prefix: key.prefix, owner_id: key.ownerId }
    const reason = 'revoked'
    await record(tx, ctx, {
      action: 'key:create',
      resource: facts,
      decision,
      before,
      reason,
      environment: null,
    })
    await announceChange(tx)
  })
  forget()
}
