import { DomainInput } from '@/components/domain/domain-input'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { Textarea } from '@/components/ui/textarea'
import type { Values } from './merge'

/** A place of a form, by the name under which its value is held. */
export interface EditField {
  name: string
  label: string
  control: 'text' | 'mono' | 'area' | 'team' | 'domain' | 'choice'
  hint?: string | undefined
  placeholder?: string | undefined
  optional?: boolean
  /** Of a choice. */
  options?: readonly string[]
}

interface EditFieldsProps {
  fields: readonly EditField[]
  values: Values
  change: (part: Record<string, string>) => void
  errors: Readonly<Record<string, string>>
  teams: readonly string[]
  domains: readonly string[]
}

interface Control {
  value: string
  onChange: (event: { target: { value: string } }) => void
}

function controlOf(field: EditField, own: Control, { teams, domains }: EditFieldsProps) {
  const { placeholder, options = [] } = field
  if (field.control === 'area') return <Textarea rows={3} placeholder={placeholder} {...own} />
  if (field.control === 'team') return <Select options={[...new Set([own.value, ...teams])]} {...own} />
  if (field.control === 'choice')
    return <Select mono options={options} {...own} value={own.value || (options[0] ?? '')} />
  if (field.control !== 'domain')
    return <Input mono={field.control === 'mono'} placeholder={placeholder} {...own} />
  return <DomainInput known={domains} {...own} />
}

/** The fields of a form in their order, each with its control. */
export function EditFields(props: EditFieldsProps) {
  const { fields, values, change, errors } = props
  return fields.map((field) => {
    const { name, label, hint, optional = false } = field
    const own: Control = {
      value: values[name] ?? '',
      onChange: (event) => change({ [name]: event.target.value }),
    }
    return (
      <Field key={name} label={label} hint={hint} optional={optional} error={errors[name]}>
        {controlOf(field, own, props)}
      </Field>
    )
  })
}
