import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import type { InferenceResource } from '@/lib/catalog/operations'

interface RolesFieldProps {
  inferred: InferenceResource
  keys: readonly string[]
  timestampKey: string
  onChange: (roles: { keys: string[]; timestampKey: string }) => void
}

const separator = ' + '
const keyKinds = ['int64', 'int32', 'string', 'bool', 'date']

/** Which columns of the file are key and event time; the likeliest keys first, then every column that could be one. */
export function RolesField({ inferred, keys, timestampKey, onChange }: RolesFieldProps) {
  const candidates = inferred.key_candidates.map((names) => names.join(separator))
  const single = inferred.columns
    .filter(({ name, type }) => keyKinds.includes(type) && name !== timestampKey)
    .map(({ name }) => name)
  const current = keys.join(separator)
  const times = inferred.columns
    .filter(({ type }) => type === 'timestamp' || type === 'date')
    .map(({ name }) => name)
  return (
    <div className="grid max-w-140 gap-4 md:grid-cols-2">
      <Field label="Key in the file" hint="What tells one thing from another; the rest become features.">
        <Select
          mono
          placeholder="none: one row"
          options={[...new Set([...(current ? [current] : []), ...candidates, ...single])]}
          value={current}
          onChange={(event) =>
            onChange({ keys: event.target.value ? event.target.value.split(separator) : [], timestampKey })
          }
        />
      </Field>
      <Field label="Event time in the file" hint="When a row's values were true.">
        <Select
          mono
          placeholder="none found"
          options={[...new Set([...(timestampKey ? [timestampKey] : []), ...times])]}
          value={timestampKey}
          onChange={(event) => onChange({ keys: [...keys], timestampKey: event.target.value })}
        />
      </Field>
    </div>
  )
}
