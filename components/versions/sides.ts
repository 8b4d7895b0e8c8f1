import type { BlamedField, BlameResource, DiffResource } from '@/lib/registry/operations'

/** One field on both sides; null where that side does not say it. */
export interface SideRow {
  field: string
  old: unknown
  new: unknown
  /** Null: it is the same on both sides. */
  class: DiffResource['changes'][number]['class'] | null
  /** Who gave it the value of the right side, or, where that has none, of the left one. */
  blame: BlamedField | null
}

const isUnder = (field: string, path: string) => field === path || field.startsWith(`${path}.`)

/**
 * Two sides field by field. A feature that comes or goes is one change, and each of its fields bears its class; of
 * the changes of a whole list (`inputs`) the old and new value stand as the sides have them.
 */
export function sideRows(diff: DiffResource, before: BlameResource, after: BlameResource): SideRow[] {
  const left = new Map(before.fields.map((one) => [one.field, one]))
  const right = new Map(after.fields.map((one) => [one.field, one]))
  const changeOf = (field: string) => diff.changes.find((change) => isUnder(field, change.field))
  const shown = [...new Set([...left.keys(), ...right.keys()])]
  const rows = shown.map((field): SideRow => {
    const [old, now] = [left.get(field), right.get(field)]
    return {
      field,
      old: old?.value ?? null,
      new: now?.value ?? null,
      class: changeOf(field)?.class ?? null,
      blame: now ?? old ?? null,
    }
  })
  // What one side empties is no field of it any more: it is told as the difference has it.
  const missing = diff.changes.filter(({ field }) => !shown.some((one) => isUnder(one, field)))
  return [...rows, ...missing.map((change) => ({ ...change, blame: null }))]
}
