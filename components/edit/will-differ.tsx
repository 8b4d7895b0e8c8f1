import type { Values } from './merge'

interface WillDifferProps {
  values: Values
  base: Values
  wordOf: (field: string) => string
}

/** Which fields will be other ones once it is saved. */
export function WillDiffer({ values, base, wordOf }: WillDifferProps) {
  const fields = [...new Set([...Object.keys(base), ...Object.keys(values)])]
  const changed = fields.filter((field) => (values[field] ?? '') !== (base[field] ?? ''))
  return (
    <p className="text-12 text-muted">
      {changed.length === 0 ? 'Nothing differs yet.' : `Will differ: ${changed.map(wordOf).join(', ')}.`}
    </p>
  )
}
