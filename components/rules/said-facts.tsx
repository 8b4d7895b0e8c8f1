import type { Fact } from '@/components/ui/facts-list'
import { lawfulBases, lawfulBasisLabels } from '@/lib/registry/plain'
import { permittedUseLabels, type Said } from './said'

/** What is said of a group as facts of its page; what is not said is left away. */
export function saidFacts({ domain, purposes, lawfulBasis, permittedUse, permittedUseNote }: Said): Fact[] {
  const basis = lawfulBases.find((one) => one === lawfulBasis)
  return [
    ...(domain ? [{ term: 'Domain', value: domain }] : []),
    ...(purposes.trim() ? [{ term: 'Purposes', value: purposes.trim().split('\n').join(', ') }] : []),
    ...(basis ? [{ term: 'Lawful basis', value: lawfulBasisLabels[basis] }] : []),
    ...(permittedUse.length > 0
      ? [
          {
            term: 'Permitted use',
            value: permittedUse.map((use) => permittedUseLabels[use].label).join(', '),
            note: permittedUseNote || undefined,
          },
        ]
      : []),
  ]
}

const shownValue = (value: string | number | boolean): string => {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return String(value)
}

/** The organisation's own fields as facts, under the names that they have in the interface. */
export const customFacts = (custom: Readonly<Record<string, string | number | boolean>>): Fact[] =>
  Object.entries(custom).map(([name, value]) => ({
    term: name.replaceAll('_', ' '),
    value: shownValue(value),
  }))
