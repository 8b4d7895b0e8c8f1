import { and, eq, sql } from 'drizzle-orm'
import type { TransactionSql } from 'postgres'
import type { Transaction } from '@/db/client'
import { quarantinedRows } from '@/db/schema'
import { newId } from '@/lib/core/ids'
import { stringifyJson } from '@/lib/core/json'
import type { ServingVersion } from '@/lib/registry'
import type { QuarantinedRow } from './faults'
import { rowFault, toFieldError } from './row-fault'

/** Escapes of U+0000 and of half a surrogate pair, which jsonb refuses; a whole pair stands unescaped. */
const unstorableEscape = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g

/** JSON text that jsonb takes, with all digits of its numbers. */
const storableJson = (value: unknown): string => stringifyJson(value).replace(unstorableEscape, '$1\\ufffd')

/** The rule of a kept row that is not quite what arrived: it is replayed only when it is corrected. */
export const changedRule = 'not_storable'

/** The faults of a row, and that its kept form differs where PostgreSQL holds no such text. */
const keptErrors = ({ row, source, faults }: QuarantinedRow) => {
  const reason =
    'The row holds U+0000 or half a surrogate pair, kept here as U+FFFD: correct it to replay it.'
  const isChanged = stringifyJson(source).search(unstorableEscape) !== -1
  return [...faults, ...(isChanged ? [rowFault(row, null, undefined, changedRule, reason)] : [])].map(
    toFieldError,
  )
}

const rowsAStatement = 2000

/** Keeps bad rows with what was wrong, in the transaction of the good ones. */
export async function keepQuarantined(
  tx: TransactionSql,
  version: ServingVersion,
  commit: string | null,
  rows: QuarantinedRow[],
  now: Date,
): Promise<void> {
  // Ids of one batch sort as its rows do.
  const first = newId(now.getTime()).slice(0, 24)
  for (let start = 0; start < rows.length; start += rowsAStatement) {
    const batch = rows.slice(start, start + rowsAStatement)
    await tx`
      insert into quarantined_rows (id, version_id, environment, commit_id, row_number, row, errors, state, created_at)
      select id, ${version.versionId}, ${version.environment}, ${commit}::text, row_number, row::jsonb, errors::jsonb, 'held',
        ${now.toISOString()}::timestamptz
      from unnest(
        ${batch.map((_, index) => `${first}${(start + index).toString(16).padStart(8, '0')}`)}::text[], ${batch.map(({ row }) => row)}::bigint[],
        ${batch.map(({ source }) => storableJson(source))}::text[],
        ${batch.map((kept) => storableJson(keptErrors(kept)))}::text[]
      ) as held (id, row_number, row, errors)`
  }
}

/** What was put in for rows that were corrected, to the digit. */
export async function keepReplayed(
  tx: Transaction,
  rows: { id: string; row: Record<string, unknown> }[],
): Promise<void> {
  if (rows.length === 0) return
  const sent = rows.map(({ id, row }) => sql`(${id}, ${storableJson(row)}::jsonb)`)
  await tx.execute(sql`
    update quarantined_rows set replayed_row = put.row
    from (values ${sql.join(sent, sql`, `)}) as put (id, row) where quarantined_rows.id = put.id`)
}

/**
 * Rows that a replay brought in are held again once its commit is reverted, and replayed again once it is back; those
 * that another replay has brought in since stay with that one.
 */
export async function followReplay(tx: Transaction, commit: string, kind: 'hide' | 'restore'): Promise<void> {
  const [before, after] = kind === 'hide' ? (['replayed', 'held'] as const) : (['held', 'replayed'] as const)
  await tx
    .update(quarantinedRows)
    .set({ state: after })
    .where(and(eq(quarantinedRows.replayedBy, commit), eq(quarantinedRows.state, before)))
}
