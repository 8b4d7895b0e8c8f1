import { isMandatory, strictestFeature } from '@/components/rules/mandatory-words'
import { nameFault } from '@/components/rules/name-check'
import type { FormRules } from '@/components/rules/said'
import { SaidFields, saidLabels } from '@/components/rules/said-fields'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { Textarea } from '@/components/ui/textarea'
import type { Definition } from './definition'
import { KeysField } from './keys-field'
import { SimilarGroups } from './similar-groups'
import { featureClasses, strictestOf } from './strictest-of'
import { classifications } from './use-register'

/** The words of the form by the paths that a problem names. */
export const fieldLabels = {
  name: 'Name',
  description: 'Meaning',
  primary_key: 'Keys',
  entity: 'Entity',
  timestamp_key: 'Event time column',
  owner_team: 'Owner',
  classification: 'Classification',
  ttl: 'Values are good for',
  cadence: 'Rows are expected every',
  tags: 'Tags',
  features: 'Features',
  ...saidLabels,
} as const

interface DefinitionFieldsProps {
  definition: Definition
  change: (part: Partial<Definition>) => void
  errors: Readonly<Record<string, string>>
  teams: readonly string[]
  entities: readonly string[]
  rules: FormRules
}

/** Everything about the group but its features. */
export function DefinitionFields(props: DefinitionFieldsProps) {
  const { definition, change, errors, teams, entities, rules } = props
  const classification = strictestOf(definition)
  const typed = { kind: 'group' as const, name: definition.name, team: definition.ownerTeam }
  const needsCadence = isMandatory(rules.fields, 'cadence', classification)
  const needsTags = isMandatory(rules.fields, 'tags', classification)
  const text = (name: Exclude<keyof Definition, 'said' | 'keys' | 'features'>) => ({
    value: String(definition[name]),
    onChange: (event: { target: { value: string } }) => change({ [name]: event.target.value }),
  })
  return (
    <div className="flex max-w-140 flex-col gap-4">
      <Field
        label={fieldLabels.name}
        error={nameFault(rules.naming, typed) ?? errors.name}
        hint="Lower case, digits and _. It is how everybody will call it."
      >
        <Input mono {...text('name')} />
      </Field>
      <SimilarGroups text={definition.name} entity={definition.entity} />
      <Field
        label={fieldLabels.description}
        error={errors.description}
        hint="What one row says, where it comes from, what to beware of."
      >
        <Textarea rows={3} {...text('description')} />
      </Field>
      <KeysField keys={definition.keys} onChange={(keys) => change({ keys })} error={errors.primary_key} />
      <Field
        label={fieldLabels.entity}
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
      <Field
        label={fieldLabels.timestamp_key}
        error={errors.timestamp_key}
        hint="When the row's values were true."
      >
        <Input mono {...text('timestampKey')} />
      </Field>
      <div className="grid gap-4 md:grid-cols-2">
        <Field label={fieldLabels.owner_team} error={errors.owner_team}>
          <Select options={teams} {...text('ownerTeam')} />
        </Field>
        <Field label={fieldLabels.classification} error={errors.classification}>
          <Select options={classifications} {...text('classification')} />
        </Field>
        <Field label={fieldLabels.ttl} optional error={errors.ttl} hint="Such as 30 days, 12 hours or P30D.">
          <Input mono placeholder="P30D" {...text('ttl')} />
        </Field>
        <Field
          label={fieldLabels.cadence}
          optional={!needsCadence}
          error={errors.cadence}
          hint="Freshness is judged against it."
        >
          <Input mono placeholder="P1D" {...text('cadence')} />
        </Field>
      </div>
      <Field
        label={fieldLabels.tags}
        optional={!needsTags}
        error={errors.tags}
        hint="Separated by spaces or commas."
      >
        <Input {...text('tags')} />
      </Field>
      <SaidFields
        said={definition.said}
        change={(part) => change({ said: { ...definition.said, ...part } })}
        errors={errors}
        rules={rules}
        classification={classification}
        because={strictestFeature(definition.classification, featureClasses(definition.features))}
      />
    </div>
  )
}
