import { DomainError } from '@/lib/core/errors'

/** Bytes that say to be Arrow and are not. */
export const malformed = (reason: string, cause?: unknown) =>
  new DomainError('not_parseable', `The body cannot be read as Arrow IPC: ${reason}`, {}, { cause })

/** A value that breaks what its column promises, by its row from 1. */
export const malformedCell = (row: number, column: string, rule: string, reason: string) =>
  new DomainError('not_parseable', `Row ${row}, column \`${column}\`: ${reason}`, {
    errors: [{ pointer: `/rows/${row - 1}`, row, column, rule, code: rule, reason }],
  })
