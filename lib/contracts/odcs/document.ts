import type { Json } from './write'

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * A document that is read once: what somebody asked for is remembered, so that the rest can be told. Paths are
 * pointers: `/schema/0/properties/2/quality/0`.
 */
export class ReadDocument {
  private readonly read = new Set<string>()

  constructor(readonly root: Json) {}

  at(pointer: string): unknown {
    let value: unknown = this.root
    for (const part of pointer.split('/').slice(1)) {
      if (Array.isArray(value)) value = value[Number(part)]
      else if (isObject(value) && Object.hasOwn(value, part)) value = value[part]
      else return undefined
    }
    return value
  }

  /** The value, which counts as understood with all that is below it. */
  take(pointer: string): unknown {
    const value = this.at(pointer)
    if (value !== undefined) this.read.add(pointer)
    return value
  }

  text(pointer: string): string | undefined {
    const value = this.at(pointer)
    if (typeof value !== 'string' || value.trim() === '') return undefined
    this.read.add(pointer)
    return value
  }

  number(pointer: string): number | undefined {
    const value = this.at(pointer)
    if (typeof value !== 'number') return undefined
    this.read.add(pointer)
    return value
  }

  /** Pointers of the members of a list. */
  members(pointer: string): string[] {
    const value = this.at(pointer)
    return Array.isArray(value) ? value.map((_, at) => `${pointer}/${at}`) : []
  }

  /** Value of a custom property by its name. */
  custom(pointer: string, name: string): unknown {
    for (const one of this.members(`${pointer}/customProperties`)) {
      if (this.at(`${one}/property`) !== `almanac.${name}`) continue
      this.read.add(one)
      return this.at(`${one}/value`)
    }
    return undefined
  }

  /** Pointers of the outermost values that nobody understood. */
  rest(pointer = '', value: unknown = this.root): string[] {
    if (this.read.has(pointer)) return []
    const entries: [string, unknown][] = Array.isArray(value)
      ? value.map((one, at): [string, unknown] => [String(at), one])
      : isObject(value)
        ? Object.entries(value)
        : []
    if (entries.length === 0)
      return value === null || Array.isArray(value) || isObject(value) ? [] : [pointer]
    const below = entries.map(([name, one]) => ({
      pointer: `${pointer}/${name}`,
      rest: this.rest(`${pointer}/${name}`, one),
    }))
    const isWhole =
      pointer !== '' && below.every(({ pointer: own, rest }) => rest.length === 1 && rest[0] === own)
    return isWhole ? [pointer] : below.flatMap(({ rest }) => rest)
  }
}
