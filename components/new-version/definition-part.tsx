import type { Values } from '@/components/edit/merge'
import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import type { GroupResource } from '@/lib/registry/operations'
import { definitionWords } from './definition-values'

export interface DefinitionPartProps {
  group: GroupResource
  values: Values
  change: (part: Record<string, string>) => void
  errors: Readonly<Record<string, string>>
  /** Names of registered sources. */
  sources: readonly string[]
}

const apart = 'Another one makes a new version.'

/** Keys, event time, source and stores of a version: what its rows are, whatever features they have. */
export function DefinitionPart({ group, values, change, errors, sources }: DefinitionPartProps) {
  const text = (name: keyof typeof definitionWords) => ({
    value: values[name] ?? '',
    onChange: (event: { target: { value: string } }) => change({ [name]: event.target.value }),
  })
  return (
    <section aria-labelledby="rows-heading" className="flex max-w-140 flex-col gap-4">
      <h2 id="rows-heading" className="font-medium text-15">
        Rows
      </h2>
      {group.primary_key.length > 1 ? (
        <Field
          label={definitionWords.primary_key}
          error={errors.primary_key}
          hint={`The keys of ${group.entity ?? 'the group'} in the order in which they are named. Another order makes a new version; other keys are another group.`}
        >
          <Input mono {...text('primary_key')} />
        </Field>
      ) : null}
      <div className="grid gap-4 md:grid-cols-2">
        <Field
          label={definitionWords.timestamp_key}
          error={errors.timestamp_key}
          hint={`When the row’s values were true. ${apart}`}
        >
          <Input mono {...text('timestamp_key')} />
        </Field>
        <Field
          label={definitionWords.ttl}
          optional
          error={errors.ttl}
          hint={`ISO 8601, such as P30D; without limit when empty. ${apart}`}
        >
          <Input mono {...text('ttl')} />
        </Field>
      </div>
      <Field
        label={definitionWords.source}
        optional={values.source === ''}
        error={errors.source}
        hint="Where rows come from: a registered source, or push."
      >
        <Input mono list="known-sources" {...text('source')} />
      </Field>
      <datalist id="known-sources">
        {['push', ...sources].map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <div>
        <Checkbox
          label={definitionWords.online}
          hint="The newest row of each key, answered in milliseconds. Switching it on or off makes a new version."
          checked={values.online === 'true'}
          onChange={(event) => change({ online: String(event.target.checked) })}
        />
        {errors.online ? <p className="text-12 text-fail">{errors.online}</p> : null}
      </div>
    </section>
  )
}
