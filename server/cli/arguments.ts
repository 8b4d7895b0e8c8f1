import { type ParseArgsConfig, parseArgs } from 'node:util'
import { DomainError } from '@/lib/core/errors'

/** The options of a command; an unknown or malformed one is the caller's mistake, told in one line. */
export function readOptions<T extends NonNullable<ParseArgsConfig['options']>>(args: string[], options: T) {
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: false }).values
  } catch (error) {
    throw new DomainError('not_parseable', error instanceof Error ? error.message : String(error))
  }
}

/** Options and, beside them, words without a name. */
export function readArguments<T extends NonNullable<ParseArgsConfig['options']>>(args: string[], options: T) {
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: true })
  } catch (error) {
    throw new DomainError('not_parseable', error instanceof Error ? error.message : String(error))
  }
}
