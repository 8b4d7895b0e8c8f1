import { type Document, isNode, LineCounter, parseAllDocuments } from 'yaml'
import { DomainError, type FieldError } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import { type DefinitionKind, definitionKinds, isDefinitionKind, schemaOf } from './kinds'

export interface DefinitionFile {
  /** As its keeper names it, for errors. */
  path: string
  content: string
}

/** A fault with its place: line and column count from 1. */
export interface PlacedFault extends FieldError {
  path: string
  line: number
  column_number: number
}

/** One document of a file, as it was written. */
export interface Definition {
  kind: DefinitionKind
  name: string
  path: string
  line: number
  /** What registering it takes, unparsed. */
  body: Record<string, unknown>
  /** Where a JSON pointer into the body stands in the file; the nearest that is written when it is not there. */
  place: (pointer: string) => { line: number; column_number: number }
}

export interface ReadFiles {
  definitions: Definition[]
  faults: PlacedFault[]
}

/** Whole numbers that a double holds are numbers, the others stay exact. */
function exact(value: unknown): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value)
    return Number.isSafeInteger(number) ? number : value
  }
  if (Array.isArray(value)) return value.map(exact)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, exact(member)]))
}

const stepsOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))

function placeIn(document: Document.Parsed, lines: LineCounter) {
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { line, column_number: col }
  }
  return (pointer: string) => {
    const steps = stepsOf(pointer).map((step) => (/^\d+$/.test(step) ? Number(step) : step))
    for (let depth = steps.length; depth > 0; depth -= 1) {
      const node = document.getIn(steps.slice(0, depth), true)
      if (isNode(node) && node.range) return at(node.range[0])
    }
    return at(document.contents?.range[0] ?? document.range[0])
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

interface Read {
  file: DefinitionFile
  document: Document.Parsed
  lines: LineCounter
}

/** The values of a document; an alias that unfolds without end is a fault of the file. */
function valuesOf({ document }: Read): { value: unknown } | { reason: string } {
  try {
    return { value: exact(document.toJS({ maxAliasCount: 100 })) }
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) }
  }
}

/** `kind` is the document's own: a source says its kind as `source_kind`. */
function registering(kind: DefinitionKind, body: Record<string, unknown>, place: Definition['place']) {
  if (kind !== 'source') return { body, place }
  const { source_kind, ...rest } = body
  return {
    body: { ...rest, ...(source_kind === undefined ? {} : { kind: source_kind }) },
    place: (pointer: string) => place(pointer === '/kind' ? '/source_kind' : pointer),
  }
}

const unknownKind = `\`kind\` must be one of ${definitionKinds.join(', ')}.`

function readDocument(read: Read): { definition?: Definition; faults: PlacedFault[] } {
  const { path } = read.file
  const place = placeIn(read.document, read.lines)
  const fault = (pointer: string, reason: string, code: string): PlacedFault => ({
    path,
    pointer,
    reason,
    code,
    ...place(pointer),
  })
  const syntax = read.document.errors.map((error) => {
    const { line, col } = read.lines.linePos(error.pos[0])
    const [reason = error.message] = error.message.split(' at line ')
    return { path, pointer: '', reason, code: 'yaml', line, column_number: col }
  })
  if (syntax.length > 0) return { faults: syntax }
  const values = valuesOf(read)
  if ('reason' in values) return { faults: [fault('', values.reason, 'yaml')] }
  const { value } = values
  if (value === null) return { faults: [] }
  if (!isObject(value)) return { faults: [fault('', 'A document must be a mapping with `kind`.', 'yaml')] }
  const { kind, ...body } = value
  if (!isDefinitionKind(kind)) return { faults: [fault('/kind', unknownKind, 'unknown_kind')] }
  if (typeof body.name !== 'string') return { faults: [fault('/name', '`name` must be a text.', 'required')] }
  const definition = { kind, name: body.name, path, line: place('').line, ...registering(kind, body, place) }
  return { definition, faults: [] }
}

/** What in a document contradicts its kind, each fault with its line. */
function definitionFaults({ kind, body, path, place }: Definition): PlacedFault[] {
  try {
    parseInput(schemaOf[kind], body)
    return []
  } catch (error) {
    if (error instanceof DomainError) return placed({ path, place }, error)
    throw error
  }
}

/** The faults of a refusal, each where it is written. */
export const placed = (
  { path, place }: Pick<Definition, 'path' | 'place'>,
  { message, code, details }: DomainError,
): PlacedFault[] =>
  (details.errors && details.errors.length > 0
    ? details.errors
    : [{ pointer: '', reason: message, code: String(code) }]
  ).map((fault) => ({ ...fault, path, ...place(fault.pointer) }))

function doubles(definitions: Definition[]): PlacedFault[] {
  const first = new Map<string, Definition>()
  return definitions.flatMap((one) => {
    const key = `${one.kind} ${one.name}`
    const before = first.get(key)
    first.set(key, before ?? one)
    if (!before) return []
    const reason = `${one.kind} ${one.name} is defined in ${before.path} at line ${before.line} already.`
    return [{ path: one.path, pointer: '/name', reason, code: 'duplicate', ...one.place('/name') }]
  })
}

/** Reads one file; see readDefinitionFiles. */
export function readFile(file: DefinitionFile): ReadFiles {
  const lines = new LineCounter()
  const documents = parseAllDocuments(file.content, {
    lineCounter: lines,
    intAsBigInt: true,
    version: '1.2',
  })
  const read = Array.isArray(documents)
    ? documents.map((document) => readDocument({ file, document, lines }))
    : []
  const definitions = read.flatMap(({ definition }) => definition ?? [])
  return {
    definitions,
    faults: [...read.flatMap(({ faults }) => faults), ...definitions.flatMap(definitionFaults)],
  }
}

/** Several files as one: the same asset twice is a fault. */
export function combined(read: readonly ReadFiles[]): ReadFiles {
  const definitions = read.flatMap((one) => one.definitions)
  return { definitions, faults: [...read.flatMap((one) => one.faults), ...doubles(definitions)] }
}

/**
 * Reads YAML files (1.2, several documents each) into definitions. Nothing is refused by throwing: what is wrong
 * stands in `faults` with file, line and column, and the rest is read all the same.
 */
export const readDefinitionFiles = (files: readonly DefinitionFile[]): ReadFiles =>
  combined(files.map(readFile))
