import type { EngineFailure, EngineFailureKind } from '@/lib/offline/protocol'

/** DuckDB begins its messages with the class of the error. */
const kinds: [prefix: string, kind: EngineFailureKind][] = [
  ['Conversion Error', 'conversion'],
  ['Invalid Input Error', 'invalid_input'],
  ['Out of Range Error', 'invalid_input'],
  ['Binder Error', 'binder'],
  ['Parser Error', 'parser'],
  ['Catalog Error', 'catalog'],
  ['IO Error', 'io'],
  ['Permission Error', 'permission'],
  ['Out of Memory Error', 'out_of_memory'],
  ['INTERRUPT Error', 'interrupted'],
  ['FATAL Error', 'fatal'],
  ['INTERNAL Error', 'fatal'],
]

/** A read was interrupted because its time was over. */
export class TooLong extends Error {
  constructor(seconds: number) {
    super(`The read ran longer than ${seconds} seconds`)
  }
}

export function failureFrom(error: unknown): EngineFailure {
  if (error instanceof TooLong) return { error: { kind: 'too_long', message: error.message } }
  const message = error instanceof Error ? error.message : String(error)
  const kind = kinds.find(([prefix]) => message.startsWith(prefix))?.[1] ?? 'other'
  return { error: { kind, message } }
}

export const busy: EngineFailure = {
  error: { kind: 'busy', message: 'Too many reads wait for the engine already.' },
}
