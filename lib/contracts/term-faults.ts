import type { GroupTerms } from '@/db/schema'
import { rowCheck, type StoredColumns } from '@/lib/registry'

export interface Fault {
  path: (string | number)[]
  message: string
}

const listKinds = new Set(['array', 'embedding', 'json'])

function setFaults(terms: GroupTerms, { keys, timestampKey, features }: StoredColumns): Fault[] {
  const types = new Map([...keys, ...features].map(({ name, type }) => [name, type.kind as string]))
  types.set(timestampKey, 'timestamp')
  return (terms.unique ?? []).flatMap(({ columns }, at) =>
    columns.flatMap((name, place) => {
      const path = ['unique', at, 'columns', place]
      const kind = types.get(name)
      if (kind === undefined) return [{ path, message: `\`${name}\` is no column of this version` }]
      if (listKinds.has(kind)) return [{ path, message: `lists and JSON are not compared: \`${name}\`` }]
      return columns.indexOf(name) < place ? [{ path, message: `\`${name}\` stands there twice` }] : []
    }),
  )
}

function checkFaults(terms: GroupTerms, columns: StoredColumns): Fault[] {
  const seen = new Set<string>()
  return (terms.checks ?? []).flatMap(({ name, expression }, at) => {
    const faults: Fault[] = []
    if (seen.has(name))
      faults.push({ path: ['checks', at, 'name'], message: `\`${name}\` stands there twice` })
    seen.add(name)
    const compiled = rowCheck(columns, expression)
    if ('fault' in compiled) faults.push({ path: ['checks', at, 'expression'], message: compiled.fault })
    else if (compiled.reads.length === 0)
      faults.push({ path: ['checks', at, 'expression'], message: 'the expression reads no column' })
    return faults
  })
}

function shareFaults(terms: GroupTerms, { features }: StoredColumns): Fault[] {
  const names = new Set(features.map(({ name }) => name))
  const seen = new Set<string>()
  return (terms.null_share ?? []).flatMap(({ feature }, at) => {
    const path = ['null_share', at, 'feature']
    if (!names.has(feature)) return [{ path, message: `\`${feature}\` is no feature of this version` }]
    if (seen.has(feature)) return [{ path, message: `\`${feature}\` stands there twice` }]
    seen.add(feature)
    return []
  })
}

/** What in the terms a version cannot keep. Paths are relative to the terms. */
export const termFaults = (terms: GroupTerms, columns: StoredColumns): Fault[] => [
  ...checkFaults(terms, columns),
  ...setFaults(terms, columns),
  ...shareFaults(terms, columns),
]
