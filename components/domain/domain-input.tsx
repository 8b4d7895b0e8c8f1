import { Input } from '@/components/ui/input'

interface DomainInputProps {
  value: string
  /** Names that are offered while typing. */
  known: readonly string[]
  onChange: (event: { target: { value: string } }) => void
}

/** The name of a domain, within a Field. */
export function DomainInput({ value, known, onChange }: DomainInputProps) {
  return (
    <>
      <Input mono list="known-domains" value={value} onChange={onChange} />
      <datalist id="known-domains">
        {known.map((domain) => (
          <option key={domain} value={domain} />
        ))}
      </datalist>
    </>
  )
}
