'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import { type ProblemError, request } from '@/lib/api-client'
import { parseJson } from '@/lib/core/json'
import type { IngestAnswer } from '@/lib/ingestion/operations'
import { type Change, type Column, correctedRow, type Edits, type Row } from './row-fields'

export interface HeldRow {
  id: string
  rowNumber: number
  /** JSON text, so that no digit is lost on the way to the browser. */
  json: string
  faults: { column: string | null; value: string | null; rule: string; reason: string }[]
  createdAt: string
  /** Who sent it again, when, and what they had changed. */
  replayed: { by: string; at: string; changes: readonly Change[] } | null
  /** Who gave it up, when and why. */
  discarded: { reason: string; by: string; at: string } | null
}

export interface QuarantineTarget {
  group: string
  version: number
  environment: string
}

/** Why a corrected row was refused, by column; '' for the row itself. */
export type RowRefusal = Readonly<Record<string, string>>

function refusalsOf(error: ProblemError | null, sent: readonly string[]): Map<string, RowRefusal> {
  const found = new Map<string, RowRefusal>()
  for (const { row, column, reason } of error?.problem.errors ?? []) {
    const id = row === undefined ? undefined : sent[row - 1]
    if (id !== undefined) found.set(id, { [column ?? '']: reason, ...found.get(id) })
  }
  return found
}

// A kept row is an object: the interface gives no other.
const rowOf = (json: string) => parseJson(json) as Row

/** What is selected and edited of the held rows, and their replay. */
export function useQuarantine(
  target: QuarantineTarget,
  rows: readonly HeldRow[],
  columns: readonly Column[],
) {
  const router = useRouter()
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [edits, setEdits] = useState<Readonly<Record<string, Edits>>>({})
  const values = useMemo(() => new Map(rows.map(({ id, json }) => [id, rowOf(json)])), [rows])
  const ids = rows.flatMap(({ id }) => (selected.has(id) ? [id] : []))
  const replay = useMutation<IngestAnswer, ProblemError, readonly string[]>({
    mutationFn: async (sent) => {
      const { group, version, environment } = target
      const body = sent.map((id) => {
        const row = correctedRow(columns, values.get(id) ?? {}, edits[id] ?? {})
        return row ? { id, row } : { id }
      })
      const path = `/api/v1/feature-groups/${encodeURIComponent(group)}/quarantine/replay`
      const { data } = await request<IngestAnswer>(path, {
        method: 'POST',
        query: { environment, version },
        body: { rows: body },
      })
      return data
    },
    onSuccess: () => {
      setSelected(new Set())
      router.refresh()
    },
  })
  const discard = useMutation<unknown, ProblemError, string>({
    mutationFn: (reason) => {
      const { group, version, environment } = target
      const path = `/api/v1/feature-groups/${encodeURIComponent(group)}/quarantine/discard`
      return request(path, { method: 'POST', query: { environment, version }, body: { rows: ids, reason } })
    },
    onSuccess: () => {
      setSelected(new Set())
      router.refresh()
    },
  })
  const select = (id: string, on: boolean) =>
    setSelected((before) => new Set(on ? [...before, id] : [...before].filter((one) => one !== id)))
  return {
    values,
    edits,
    ids,
    select,
    selectAll: (on: boolean) => setSelected(new Set(on ? rows.map(({ id }) => id) : [])),
    edit: (id: string, column: string, text: string) => {
      setEdits((before) => ({ ...before, [id]: { ...before[id], [column]: text } }))
      select(id, true)
    },
    replay,
    discard,
    refusals: refusalsOf(replay.error, replay.variables ?? []),
  }
}
