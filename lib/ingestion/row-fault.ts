import type { FieldError } from '@/lib/core/errors'
import { isLosslessNumber, stringifyJson } from '@/lib/core/json'
import type { RowFault } from '@/lib/offline'

export type { RowFault }

const longestShown = 200

const cut = (text: string) => (text.length > longestShown ? `${text.slice(0, longestShown - 1)}…` : text)

/** A refused value as the error shows it. */
function shownValue(value: unknown): string | null {
  if (value === undefined) return null
  const text =
    typeof value === 'string' ? value : isLosslessNumber(value) ? String(value) : stringifyJson(value)
  return cut(text)
}

/** A fault as it is listed; names and reasons of megabytes are cut. */
export const rowFault = (
  row: number,
  column: string | null,
  value: unknown,
  rule: string,
  reason: string,
): RowFault => ({
  row,
  column: column === null ? null : cut(column),
  value: shownValue(value),
  rule,
  reason: reason.length > 2 * longestShown ? cut(reason) : reason,
})

const escaped = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1')

/** One entry of `errors`. Rows count from 1; the JSON pointer counts from 0. Row 0 is a fault of the whole batch. */
export function toFieldError(fault: RowFault): FieldError {
  const place = fault.row > 0 ? `/rows/${fault.row - 1}` : ''
  return {
    ...(fault.row > 0 ? { row: fault.row } : {}),
    ...(fault.column === null ? {} : { column: fault.column }),
    ...(fault.value === null ? {} : { value: fault.value }),
    rule: fault.rule,
    code: fault.rule,
    reason: fault.reason,
    pointer: fault.column === null ? place : `${place}/${escaped(fault.column)}`,
  }
}
