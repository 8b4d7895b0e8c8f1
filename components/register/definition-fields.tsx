import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { Textarea } from '@/components/ui/textarea'
import type { Definition } from './definition'
import { KeysField } from './keys-field'
import { classifications } from './use-register'

interface DefinitionFieldsProps {
  definition: Definition
  change: (part: Partial<Definition>) => void
  errors: Readonly<Record<string, string>>
  teams: readonly string[]
  entities: readonly string[]
}

/** Everything about the group but its features. */
export function DefinitionFields({ definition, change, errors, teams, entities }: DefinitionFieldsProps) {
  const text = (name: keyof Definition) => ({
    value: String(definition[name]),
    onChange: (event: { target: { value: string } }) => change({ [name]: event.target.value }),
  })
  return (
    <div className="flex max-w-140 flex-col gap-4">
      <Field
        label="Name"
        error={errors.name}
        hint="Lower case, digits and _. It is how everybody will call it."
      >
        <Input mono {...text('name')} />
      </Field>
      <Field
        label="Meaning"
        error={errors.description}
        hint="What one row says, where it comes from, what to beware of."
      >
        <Textarea rows={3} {...text('description')} />
      </Field>
      <KeysField keys={definition.keys} onChange={(keys) => change({ keys })} error={errors.primary_key} />
      <Field
        label="Entity"
        error={errors.entity}
        hint="What the keys name. A new name makes a new entity with these keys."
      >
        <Input mono list="known-entities" {...text('entity')} />
      </Field>
      <datalist id="known-entities">
        {entities.map((entity) => (
          <option key={entity} value={entity} />
        ))}
      </datalist>
      <Field label="Event time column" error={errors.timestamp_key} hint="When the row's values were true.">
        <Input mono {...text('timestampKey')} />
      </Field>
      <div className="grid gap-4 md:grid-cols-2">
        <Field label="Owner" error={errors.owner_team}>
          <Select options={teams} {...text('ownerTeam')} />
        </Field>
        <Field label="Classification" error={errors.classification}>
          <Select options={classifications} {...text('classification')} />
        </Field>
        <Field label="Values are good for" optional error={errors.ttl} hint="ISO 8601, such as P30D.">
          <Input mono placeholder="P30D" {...text('ttl')} />
        </Field>
        <Field
          label="Rows are expected every"
          optional
          error={errors.cadence}
          hint="Freshness is judged against it."
        >
          <Input mono placeholder="P1D" {...text('cadence')} />
        </Field>
      </div>
      <Field label="Tags" optional error={errors.tags} hint="Separated by spaces or commas.">
        <Input {...text('tags')} />
      </Field>
    </div>
  )
}
