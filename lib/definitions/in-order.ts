import { definitionKinds } from './kinds'
import type { Definition } from './read-files'

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** The groups that a group's rows are made of. */
function upstream({ body: { transformation, source } }: Definition): string[] {
  const inputs = isObject(transformation) && Array.isArray(transformation.inputs) ? transformation.inputs : []
  const group = isObject(source) && source.kind === 'group' ? [source.name] : []
  return [...inputs, ...group].flatMap((name) => (typeof name === 'string' ? [name] : []))
}

/** What others need comes first; a circle is left as it is written, for registering to refuse. */
export function inOrder(definitions: readonly Definition[]): Definition[] {
  const groups = new Map(
    definitions.flatMap((one) => (one.kind === 'feature_group' ? [[one.name, one] as const] : [])),
  )
  const ordered = new Set<Definition>()
  const entered = new Set<Definition>()
  const visit = (one: Definition) => {
    if (entered.has(one)) return
    entered.add(one)
    for (const name of upstream(one)) {
      const needed = groups.get(name)
      if (needed) visit(needed)
    }
    ordered.add(one)
  }
  for (const kind of definitionKinds)
    for (const one of definitions)
      if (one.kind === kind) {
        if (kind === 'feature_group') visit(one)
        else ordered.add(one)
      }
  return [...ordered]
}
