import { and, desc, eq, isNull } from 'drizzle-orm'
import { db, type Executor, type Transaction, withTransaction } from '@/db/client'
import { certifications } from '@/db/schema'
import { authorizeAtAll, record } from '@/lib/audit'
import { decide } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError, invalidField } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { parseInput } from '@/lib/core/parse-input'
import { notify } from '@/lib/notify'
import { authorizeWhereItStands, isoInstant, onDuplicate } from '@/lib/registry'
import {
  type CertifiableAsset,
  type Certificate,
  type CertificationResource,
  certifyInput,
  revokeInput,
} from './operations'
import { type Subject, subjectOf } from './subject'

type Row = typeof certifications.$inferSelect

const day = 86_400_000
const defaultDays = 182
const mostDays = 731

const serialize = (row: Row): Certificate => ({
  id: row.id,
  version: row.version,
  reason: row.reason,
  criteria: row.criteria,
  certified_by: row.certifiedByName,
  certified_at: isoInstant(row.certifiedAt),
  expires_at: isoInstant(row.expiresAt),
  revoked_by: row.revokedByName,
  revoked_at: row.revokedAt && isoInstant(row.revokedAt),
  revoke_reason: row.revokeReason,
})

const rowsOf = ({ kind, name }: CertifiableAsset, executor: Executor = db()): Promise<Row[]> =>
  executor
    .select()
    .from(certifications)
    .where(and(eq(certifications.assetKind, kind), eq(certifications.assetName, name)))
    .orderBy(desc(certifications.certifiedAt), desc(certifications.id))

function stateOf(
  latest: Certificate | undefined,
  version: number | null,
  now: Date,
): CertificationResource['state'] {
  if (!latest) return 'none'
  if (latest.revoked_at !== null) return 'revoked'
  if (latest.version !== version) return 'other_version'
  return Date.parse(latest.expires_at) <= now.getTime() ? 'lapsed' : 'certified'
}

async function resourceOf(ctx: Context, asset: CertifiableAsset, subject: Subject) {
  const history = (await rowsOf(asset)).map(serialize)
  const [latest] = history
  const { allowed, rule, whoCanHelp } = decide(ctx, 'version:approve', subject.resource)
  return {
    asset: { kind: asset.kind, name: asset.name },
    version: subject.version,
    state: stateOf(latest, subject.version, ctx.now()),
    latest: latest ?? null,
    history,
    criteria: subject.criteria,
    certify: { allowed, rule, who_can_help: whoCanHelp },
  }
}

/** Whether an asset is certified, and what is asked of it. Errors: `not_found`, the same for a hidden one. */
export async function getCertification(
  ctx: Context,
  asset: CertifiableAsset,
): Promise<CertificationResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  return resourceOf(ctx, asset, await subjectOf(ctx, asset))
}

function expiryOf(ctx: Context, asked: string | undefined): string {
  const now = ctx.now().getTime()
  if (asked === undefined) return new Date(now + defaultDays * day).toISOString()
  const ahead = Date.parse(asked) - now
  if (ahead <= 0) throw invalidField('/expires_at', 'lies in the past', 'past')
  if (ahead > mostDays * day) throw invalidField('/expires_at', 'lies more than two years ahead', 'too_far')
  return asked
}

const hrefOf = ({ kind, name }: CertifiableAsset) => {
  const [group = '', feature] = name.split(':')
  if (kind === 'service') return `/services/${encodeURIComponent(name)}`
  const page = `/groups/${encodeURIComponent(group)}`
  return feature === undefined ? page : `${page}/features/${encodeURIComponent(feature)}`
}

/** Tells the owners and followers of an asset. */
export const tell = (tx: Transaction, ctx: Context, asset: CertifiableAsset, title: string, body: string) =>
  notify(tx, ctx, {
    kind: 'certification',
    to: { followers: true },
    asset,
    title,
    body,
    href: hrefOf(asset),
  })

/**
 * Certifies the served version. Errors: `forbidden` for who is no reviewer or wrote it, `conflict` while a criterion is
 * not met or no version is active, `invalid` (expiry), `not_found`.
 */
export async function certifyAsset(
  ctx: Context,
  asset: CertifiableAsset,
  body: unknown,
): Promise<CertificationResource> {
  await authorizeAtAll(ctx, 'version:approve')
  const { reason, expires_at: asked } = parseInput(certifyInput, body)
  const subject = await subjectOf(ctx, asset)
  const decision = await authorizeWhereItStands(ctx, 'version:approve', subject.resource)
  const expiresAt = expiryOf(ctx, asked)
  const { version, criteria } = subject
  if (version === null) throw new DomainError('conflict', `No version of ${asset.name} is active.`)
  const missed = criteria.filter(({ met }) => !met)
  if (missed.length > 0)
    throw new DomainError('conflict', missed.map(({ detail }) => detail).join(' '), {
      extensions: { criteria: missed },
    })
  const at = ctx.now().toISOString()
  const certify = async (tx: Transaction) => {
    // A new word takes the place of the old one, which stays in the history.
    await tx
      .update(certifications)
      .set({ revokedAt: at, revokedByName: ctx.actor.name, revokeReason: 'Certified anew.' })
      .where(
        and(
          eq(certifications.assetKind, asset.kind),
          eq(certifications.assetName, asset.name),
          eq(certifications.version, version),
          isNull(certifications.revokedAt),
        ),
      )
    await tx.insert(certifications).values({
      id: newId(ctx.now().getTime()),
      assetKind: asset.kind,
      assetName: asset.name,
      version,
      reason,
      criteria,
      certifiedById: ctx.actor.id,
      certifiedByName: ctx.actor.name,
      certifiedAt: at,
      expiresAt,
    })
    await record(tx, ctx, {
      action: 'version:approve',
      resource: subject.resource,
      decision,
      reason: `Certified: ${reason}`,
      after: { asset, version, expires_at: expiresAt, criteria },
      environment: null,
    })
    await tell(tx, ctx, asset, `\`${asset.name}\` is certified`, reason)
  }
  await onDuplicate(
    () => withTransaction(certify),
    () => new DomainError('conflict', `${asset.name} was certified by somebody else just now.`),
  )
  return resourceOf(ctx, asset, subject)
}

/** Takes it back, visibly. Errors: `forbidden`, `conflict` when nothing stands, `invalid`, `not_found`. */
export async function revokeCertification(
  ctx: Context,
  asset: CertifiableAsset,
  body: unknown,
): Promise<CertificationResource> {
  await authorizeAtAll(ctx, 'version:approve')
  const { reason } = parseInput(revokeInput, body)
  const subject = await subjectOf(ctx, asset)
  const decision = await authorizeWhereItStands(ctx, 'version:approve', subject.resource)
  await withTransaction(async (tx) => {
    const revoked = await tx
      .update(certifications)
      .set({ revokedAt: ctx.now().toISOString(), revokedByName: ctx.actor.name, revokeReason: reason })
      .where(
        and(
          eq(certifications.assetKind, asset.kind),
          eq(certifications.assetName, asset.name),
          isNull(certifications.revokedAt),
        ),
      )
      .returning({ id: certifications.id })
    if (revoked.length === 0) throw new DomainError('conflict', `${asset.name} is not certified.`)
    await record(tx, ctx, {
      action: 'version:approve',
      resource: subject.resource,
      decision,
      reason: `Certification revoked: ${reason}`,
      after: { asset },
      environment: null,
    })
    await tell(tx, ctx, asset, `\`${asset.name}\` is certified no longer`, reason)
  })
  return resourceOf(ctx, asset, subject)
}
