import type { Values } from './merge'

/** Of a body, the members in which a form differs from what was read; `config.path` stands in the member `config`. */
export function changedMembers(
  all: Readonly<Record<string, unknown>>,
  values: Values,
  base: Values,
): Record<string, unknown> {
  const fields = new Set([...Object.keys(values), ...Object.keys(base)])
  const changed = new Set(
    [...fields].filter((field) => values[field] !== base[field]).map((field) => field.replace(/\..*$/, '')),
  )
  return Object.fromEntries(Object.entries(all).filter(([member]) => changed.has(member)))
}
