import { DomainError } from '@/lib/core/errors'

/** Bytes that say to be Arrow and are not. */
export const malformed = (reason: string, cause?: unknown) =>
  new DomainError('not_parseable', `The body cannot be read as Arrow IPC: ${reason}`, {}, { cause })

/** A value that breaks what its column promises, by its row from 1. */
export const malformedCell = (row: number, column: string, rule: string, reason: string) =>
  new DomainError('not_parseable', `Row ${row}, column \`${column}\`: ${reason}`, {
    errors: [{ pointer: `/rows/${row - 1}`, row, column, rule, code: rule, reason }],
  })

/** Each value takes a bit at least: without it a few bytes could claim any number of them. */
export function checkLength({ length, byteLength }: { length: number; byteLength: number }): void {
  if (!(length >= 0 && length <= byteLength * 8))
    throw malformed(`${length} values are claimed in ${byteLength} bytes.`)
}
