import { invalidField } from '@/lib/core/errors'
import { formatTimestamp } from '@/lib/core/feature-type'
import { parseJson } from '@/lib/core/json'
import type { ServingVersion } from '@/lib/registry'

/** Columns by name, as pandas writes a data frame (`to_dict("list")`). */
export type Frame = Record<string, unknown[]>

const eventTimeColumn = 'event_timestamp'
const createdColumn = 'created'

/** Rows of a frame. Errors: invalid when its columns differ in length. */
function rowCount(frame: Frame): number {
  const [first, ...others] = Object.entries(frame)
  if (!first) throw invalidField('/df', 'holds no column', 'too_small')
  const [name, values] = first
  for (const [other, { length }] of others) {
    if (length === values.length) continue
    const reason = `\`${other}\` has ${length} values, \`${name}\` has ${values.length}.`
    throw invalidField(`/df/${other}`, reason, 'length')
  }
  return values.length
}

type Convert = (value: unknown, pointer: string) => unknown

/** Feast's client sends a timestamp that is no event time as seconds since 1970. */
const timestampOf: Convert = (value) =>
  typeof value === 'number' && Number.isSafeInteger(value) && Math.abs(value) < 253_402_300_800
    ? formatTimestamp(BigInt(value) * 1_000_000n)
    : value

/** … and a JSON value, a map or a struct as its text. */
const jsonOf: Convert = (value, pointer) => {
  if (typeof value !== 'string') return value
  try {
    return parseJson(value)
  } catch {
    throw invalidField(pointer, `${pointer} is not the text of a JSON value.`, 'type')
  }
}

/** Column of the frame → the group's name of it; what is left out is absent. */
function columnNames(frame: Frame, version: ServingVersion): Map<string, string> {
  const { timestampKey, keys, features, inputs } = version
  const declared = new Set([timestampKey, ...[...keys, ...features, ...inputs].map(({ name }) => name)])
  const names = new Map<string, string>()
  for (const name of Object.keys(frame)) {
    if (name === eventTimeColumn && !declared.has(name) && !Object.hasOwn(frame, timestampKey)) {
      names.set(name, timestampKey)
    } else if (name !== createdColumn || declared.has(name)) names.set(name, name)
  }
  return names
}

/**
 * A frame as rows of a version: `event_timestamp` is its event time, `created` is left out, where the group has no
 * columns of these names. Errors: invalid naming column and row.
 */
export function rowsOfFrame(frame: Frame, version: ServingVersion): Record<string, unknown>[] {
  const count = rowCount(frame)
  const converts = new Map<string, Convert>()
  for (const { name, type } of [...version.features, ...version.inputs]) {
    if (type.kind === 'timestamp') converts.set(name, timestampOf)
    if (type.kind === 'json') converts.set(name, jsonOf)
  }
  const rows: [string, unknown][][] = Array.from({ length: count }, () => [])
  for (const [sent, name] of columnNames(frame, version)) {
    const convert = converts.get(name)
    for (const [index, value] of (frame[sent] ?? []).entries()) {
      rows[index]?.push([name, convert ? convert(value, `/df/${sent}/${index}`) : value])
    }
  }
  return rows.map((cells) => Object.fromEntries(cells))
}
