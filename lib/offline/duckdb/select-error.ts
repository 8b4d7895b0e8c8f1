import { DomainError } from '@/lib/core/errors'
import { EngineError } from '../engine-client'

/** A SELECT that is not one, does not bind, or failed while it ran: `invalid`, with its place where it is known. */
export class SelectError extends DomainError {
  /** `offset`: the character of the SQL that the fault is at, from 0. */
  constructor(
    message: string,
    readonly offset: number | null = null,
  ) {
    super('invalid', message)
  }
}

const pointed = /^LINE (\d+): (.*)\n( *)\^/m

/** Where the engine's caret points in the statement that it was given; long lines come with both ends cut. */
function caretOffset(message: string, statement: string): number | null {
  const found = pointed.exec(message)
  if (!found) return null
  const [, number = '', snippet = '', spaces = ''] = found
  const lines = statement.split('\n')
  const index = Number(number) - 1
  const line = lines[index]
  if (line === undefined) return null
  const caret = spaces.length - `LINE ${number}: `.length
  const isCut = snippet.startsWith('...') && !line.startsWith('...')
  const shown = (isCut ? snippet.slice(3) : snippet).replace(/\.\.\.$/, '')
  const start = line.indexOf(shown)
  if (start < 0) return null
  const before = lines.slice(0, index).reduce((sum, { length }) => sum + length + 1, 0)
  return before + start + caret - (isCut ? 3 : 0)
}

/** Paths are the installation's own; the author knows inputs by name. */
const withoutPaths = (text: string) =>
  text.replace(/"?\/[^\s"']*\/(?:sources|staging|offline)\/[^\s"']*"?/g, 'a file')

/** A disk that is full is no fault of the SQL. */
const isOwn = ({ kind, message }: EngineError) =>
  kind === 'io' && /No space left|Too many open files/i.test(message)

/** What the engine says of a statement whose SQL from `start` on is the author's. */
export function selectFailure(error: unknown, statement: string, start: number): unknown {
  if (!(error instanceof EngineError) || error.kind === 'interrupted' || isOwn(error)) return error
  const offset = caretOffset(error.message, statement)
  const said = withoutPaths(error.message.split('\n')[0] ?? '')
  return new SelectError(`The SQL failed: ${said}`, offset === null || offset < start ? null : offset - start)
}
