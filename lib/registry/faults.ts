import type { FieldError } from '@/lib/core/errors'
import type { Fault } from './contract-terms'

const escaped = (part: string | number) => String(part).replaceAll('~', '~0').replaceAll('/', '~1')

/** Faults of a definition as the problem document lists them. */
export const faultsAsErrors = (faults: Fault[]): FieldError[] =>
  faults.map(({ path, message }) => ({
    pointer: path.map((part) => `/${escaped(part)}`).join(''),
    reason: message,
    code: 'invalid',
  }))
