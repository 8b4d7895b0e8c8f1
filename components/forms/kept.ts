/**
 * Checks of what a browser gives back of its storage, in a few hundred bytes: the library that checks requests is
 * thirty thousand, which no page needs for a draft. A reader answers with the value, or with `refused`.
 */
const refused = Symbol('refused')
export type Reader<T> = (value: unknown) => T | typeof refused
/** What a reader gives. */
export type Read<R> = R extends Reader<infer T> ? T : never

type Members = Record<string, Reader<unknown>>
type ReadMembers<M extends Members> = { [K in keyof M]: Read<M[K]> }

export const text: Reader<string> = (value) => (typeof value === 'string' ? value : refused)
export const flag: Reader<boolean> = (value) => (typeof value === 'boolean' ? value : refused)
export const count: Reader<number> = (value) => (typeof value === 'number' ? value : refused)
export const anything: Reader<unknown> = (value) => value

export const oneOf =
  <const T extends string>(names: readonly T[]): Reader<T> =>
  (value) =>
    names.find((name) => name === value) ?? refused

export const listOf =
  <T>(item: Reader<T>): Reader<T[]> =>
  (value) => {
    if (!Array.isArray(value)) return refused
    const found: T[] = []
    for (const one of value) {
      const read = item(one)
      if (read === refused) return refused
      found.push(read)
    }
    return found
  }

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const recordOf =
  <T>(item: Reader<T>): Reader<Record<string, T>> =>
  (value) => {
    if (!isObject(value)) return refused
    const found: [string, T][] = []
    for (const [name, one] of Object.entries(value)) {
      const read = item(one)
      if (read === refused) return refused
      found.push([name, read])
    }
    return Object.fromEntries(found)
  }

/** Guarantee: `found` holds each of the members, as its reader gave it. */
const asMembers = <M extends Members>(found: [string, unknown][]) =>
  Object.fromEntries(found) as ReadMembers<M>

/** An object with these members; others that it has are left out. */
export const objectOf =
  <M extends Members>(members: M): Reader<ReadMembers<M>> =>
  (value) => {
    if (!isObject(value)) return refused
    const given = new Map<string, unknown>(Object.entries(value))
    const found: [string, unknown][] = []
    for (const [name, member] of Object.entries(members)) {
      const read = member(given.get(name))
      if (read === refused) return refused
      found.push([name, read])
    }
    return asMembers<M>(found)
  }

export const orNull =
  <T>(reader: Reader<T>): Reader<T | null> =>
  (value) =>
    value === null ? null : reader(value)

/** A member that drafts of before have not. */
export const orElse =
  <T>(reader: Reader<T>, fallback: T): Reader<T> =>
  (value) =>
    value === undefined ? fallback : reader(value)

/** A check that is written by hand. */
export const isA =
  <T>(check: (value: unknown) => value is T): Reader<T> =>
  (value) =>
    check(value) ? value : refused

/** What was kept, or null where it is not what the reader reads. */
export const readKept =
  <T>(reader: Reader<T>) =>
  (value: unknown): T | null => {
    const read = reader(value)
    return read === refused ? null : read
  }
