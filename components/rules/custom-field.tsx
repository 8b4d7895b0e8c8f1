import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import type { FieldRules } from '@/lib/registry/operations'

interface CustomFieldProps {
  field: FieldRules['custom_fields'][number]
  value: string
  required: boolean
  error: string | undefined
  onChange: (value: string) => void
}

const inputTypes = { text: 'text', number: 'text', date: 'date', link: 'url' } as const

/** One field that the organisation defines. */
export function CustomField({ field, value, required, error, onChange }: CustomFieldProps) {
  const { type, label, help, choices } = field
  const common = {
    value,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  }
  return (
    <Field label={label} optional={!required} required={required} error={error} hint={help || undefined}>
      {type === 'choice' ? <Select placeholder="not stated" options={choices} {...common} /> : null}
      {type === 'yes_no' ? (
        <Select
          placeholder="not stated"
          options={[
            { value: 'true', label: 'Yes' },
            { value: 'false', label: 'No' },
          ]}
          {...common}
        />
      ) : null}
      {type === 'choice' || type === 'yes_no' ? null : (
        <Input type={inputTypes[type]} inputMode={type === 'number' ? 'decimal' : undefined} {...common} />
      )}
    </Field>
  )
}
