import { helpSentence } from '@/components/layout/not-ready'
import type { MaskedColumn } from './rows-answer'

/** Which columns stand there without values, by which rule, and who can help. */
export function MaskedNote({ masked }: { masked: readonly MaskedColumn[] }) {
  if (masked.length === 0) return null
  const rules = new Map<string, MaskedColumn[]>()
  for (const column of masked) {
    const rule = `${column.classification} ${column.because}`
    rules.set(rule, [...(rules.get(rule) ?? []), column])
  }
  return (
    <ul className="mb-2 flex flex-col gap-1">
      {[...rules].map(([rule, columns]) => (
        <Rule key={rule} columns={columns} />
      ))}
    </ul>
  )
}

function Rule({ columns }: { columns: readonly MaskedColumn[] }) {
  const [first] = columns
  if (!first) return null
  const { classification, because, who_can_help: people } = first
  return (
    <li className="prose">
      Masked:{' '}
      {columns.map(({ name }, index) => (
        <span key={name}>
          {index > 0 ? ', ' : null}
          <code className="font-mono text-12">{name}</code>
        </span>
      ))}{' '}
      {columns.length === 1 ? 'is' : 'are'} {classification}. {because.replace(/\.?$/, '.')}{' '}
      {people.length > 0 ? helpSentence({ who_can_help: people }) : null}
    </li>
  )
}
