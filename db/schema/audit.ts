import { sql } from 'drizzle-orm'
import { bigint, index, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { id, instant } from '../columns'

/**
 * Rows that tell of a change of an asset. Rows that came or were read are told by strips and counts, and there may be a
 * million of them between two changes. Written out, so that the index of the same rows is known to hold them all.
 */
export const changesOfAssets = sql`resource_kind in ('group', 'service', 'entity', 'source') and verdict = 'allow'
  and action not in ('group:read_online', 'group:read_offline', 'group:read_statistics', 'group:write_online', 'group:write_offline')`

/** One row an act or a refusal, inserted by the act's own transaction. Append-only: the running role may not change it. */
export const auditLog = pgTable(
  'audit_log',
  {
    id: id(),
    time: instant().notNull(),
    actorKind: text().notNull(),
    actorId: text().notNull(),
    actorName: text().notNull(),
    onBehalfOf: text(),
    via: text().notNull(),
    action: text().notNull(),
    resourceKind: text().notNull(),
    resourceName: text().notNull(),
    environment: text(),
    verdict: text({ enum: ['allow', 'deny'] }).notNull(),
    policies: text().array().notNull(),
    policyVersion: text().notNull(),
    reason: text(),
    before: jsonb(),
    after: jsonb(),
    requestId: text().notNull(),
    /** SHA-256 over the row's canonical JSON, hex. */
    hash: text().notNull(),
  },
  (t) => [
    index('audit_log_time').on(t.time.desc().nullsFirst()),
    index('audit_log_resource').on(t.resourceKind, t.resourceName),
    index('audit_log_actor').on(t.actorId),
    index('audit_log_changes')
      .on(t.time.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(changesOfAssets),
  ],
)

/** The chain that one sealer links over audit rows, so that writers never wait for each other. */
export const auditChain = pgTable(
  'audit_chain',
  {
    seq: bigint({ mode: 'number' }).primaryKey(),
    auditId: text()
      .notNull()
      .references(() => auditLog.id),
    prevHash: text().notNull(),
    hash: text().notNull(),
    sealedAt: instant().notNull(),
  },
  (t) => [uniqueIndex('audit_chain_audit_id').on(t.auditId)],
)
