import { isObject } from './document'
import type { Json } from './write'

const nameOf = (value: unknown): unknown => (isObject(value) ? value.name : undefined)

/** The member of a list that stands for one of another list: the one of its name. */
function twin(list: unknown[], one: unknown): unknown {
  const name = nameOf(one)
  return name === undefined ? undefined : list.find((other) => nameOf(other) === name)
}

/** Puts what stands at a pointer of one document to its place in another, whose lists may be in another order. */
function graftOne(into: Json, from: Json, parts: readonly string[]): void {
  let [target, source]: [unknown, unknown] = [into, from]
  parts.forEach((part, at) => {
    const isLast = at === parts.length - 1
    if (Array.isArray(source) && Array.isArray(target)) {
      const one: unknown = source[Number(part)]
      const found = isLast ? undefined : twin(target, one)
      // Without a twin the member is one of the other document alone, and comes whole.
      if (found === undefined) {
        if (!target.includes(one)) target.push(one)
        target = null
      } else target = found
      source = one
    } else if (isObject(source) && isObject(target)) {
      const one = source[part]
      const present = target[part]
      if (isLast && Array.isArray(present) && Array.isArray(one)) present.push(...one)
      else if (isLast) target[part] = one
      else target[part] ??= Array.isArray(one) ? [] : {}
      target = target[part]
      source = one
    }
  })
}

/** Adds to a written document what nobody understood of a kept one, at the same places. */
export function graft(written: Json, kept: Json, rest: readonly string[]): Json {
  const all = structuredClone(written)
  for (const pointer of rest) graftOne(all, kept, pointer.split('/').slice(1))
  return all
}
