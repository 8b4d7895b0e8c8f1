import { asc, eq, gt, isNull, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { auditChain, auditLog } from '@/db/schema'
import { genesisHash, hashLink, hashRow } from './hash'

export interface BrokenLink {
  /** Null for a row of the tail that is not sealed yet. */
  seq: number | null
  audit_id: string
  reason: string
}

export interface ChainReport {
  ok: boolean
  sealed: number
  /** Rows behind the last link: the sealer has yet to reach them. */
  unsealed: number
  first_broken: BrokenLink | null
}

const batchRows = 2000

type Link = typeof auditChain.$inferSelect
type Row = typeof auditLog.$inferSelect

const rowIsWhole = (row: Row) => hashRow(row) === row.hash

function faultOf(link: Link, row: Row | null, seq: number, prevHash: string): string | undefined {
  if (link.seq !== seq) return `Link ${seq} is missing.`
  if (link.prevHash !== prevHash) return 'The link does not continue the one before it.'
  if (!row) return 'The row that the link covers is gone.'
  if (!rowIsWhole(row)) return 'The row differs from its hash.'
  if (link.hash !== hashLink(seq, prevHash, row.id, row.hash)) return 'The link differs from its hash.'
  return undefined
}

async function verifyLinks(): Promise<{ sealed: number; broken: BrokenLink | null }> {
  let seq = 0
  let prevHash = genesisHash
  for (;;) {
    const batch = await db()
      .select({ link: auditChain, row: auditLog })
      .from(auditChain)
      .leftJoin(auditLog, eq(auditLog.id, auditChain.auditId))
      .where(gt(auditChain.seq, seq))
      .orderBy(asc(auditChain.seq))
      .limit(batchRows)
    for (const { link, row } of batch) {
      const reason = faultOf(link, row, seq + 1, prevHash)
      if (reason) return { sealed: seq, broken: { seq: link.seq, audit_id: link.auditId, reason } }
      seq = link.seq
      prevHash = link.hash
    }
    if (batch.length < batchRows) return { sealed: seq, broken: null }
  }
}

async function verifyTail(): Promise<{ unsealed: number; broken: BrokenLink | null }> {
  let unsealed = 0
  let lastId = ''
  for (;;) {
    const batch = await db()
      .select({ row: auditLog })
      .from(auditLog)
      .leftJoin(auditChain, eq(auditChain.auditId, auditLog.id))
      .where(sql`${isNull(auditChain.seq)} and ${gt(auditLog.id, lastId)}`)
      .orderBy(asc(auditLog.id))
      .limit(batchRows)
    for (const { row } of batch) {
      if (!rowIsWhole(row)) {
        const broken = { seq: null, audit_id: row.id, reason: 'The row differs from its hash.' }
        return { unsealed, broken }
      }
      unsealed += 1
      lastId = row.id
    }
    if (batch.length < batchRows) return { unsealed, broken: null }
  }
}

/** Recomputes every hash and every link from the first on, and names the first that does not hold. */
export async function verifyChain(): Promise<ChainReport> {
  const chain = await verifyLinks()
  const tail = await verifyTail()
  const first = chain.broken ?? tail.broken
  return { ok: first === null, sealed: chain.sealed, unsealed: tail.unsealed, first_broken: first }
}
