import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'

interface Key {
  name: string
  type: string
  source: string
}

interface KeysFieldProps {
  keys: readonly Key[]
  onChange: (keys: Key[]) => void
  error?: string | undefined
  /** What it means that there is none. */
  empty?: string
}

const keyTypes = ['int64', 'int32', 'string', 'bool', 'date']

/** The columns that name one thing, in order. None at all is a group with a single row. */
export function KeysField(props: KeysFieldProps) {
  const { keys, onChange, error, empty = 'Without a key the group has one row.' } = props
  const set = (at: number, part: Partial<Key>) =>
    onChange(keys.map((key, index) => (index === at ? { ...key, ...part } : key)))
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-medium text-12">Key columns</legend>
      {keys.map((key, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a key column is its place
        <div key={index} className="grid grid-cols-[1fr_8rem_auto] items-end gap-2">
          <Field label={`Key ${index + 1}`} error={index === 0 ? error : undefined}>
            <Input mono value={key.name} onChange={(event) => set(index, { name: event.target.value })} />
          </Field>
          <Field label="Type">
            <Select
              mono
              options={keyTypes}
              value={key.type}
              onChange={(event) => set(index, { type: event.target.value })}
            />
          </Field>
          <Button
            onClick={() => onChange(keys.filter((_, at) => at !== index))}
            aria-label={`Remove key ${key.name}`}
          >
            Remove
          </Button>
        </div>
      ))}
      {keys.length === 0 ? <p className="text-12 text-muted">{error ?? empty}</p> : null}
      <div>
        <Button size="small" onClick={() => onChange([...keys, { name: '', type: 'int64', source: '' }])}>
          Add a key column
        </Button>
      </div>
    </fieldset>
  )
}
