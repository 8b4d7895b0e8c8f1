import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Section } from '@/components/ui/section'
import { Select } from '@/components/ui/select'
import { Textarea } from '@/components/ui/textarea'
import type { PartProps } from './part-props'

/** What it is called, for whom, and whose it is. */
export function NamePart({ form, choices }: PartProps) {
  const { draft, change, faults } = form
  const present = choices.datasets.find(({ name }) => name === draft.name)
  return (
    <Section title="Name">
      <div className="flex flex-col gap-3">
        <Field
          label="Name"
          error={faults.fields.name}
          hint={
            present
              ? `There is one of this name: this becomes its version ${present.version + 1} or a later one.`
              : 'Lower case, digits and _. The same name again makes the next version.'
          }
        >
          <Input mono value={draft.name} onChange={(event) => change({ name: event.target.value })} />
        </Field>
        <Field label="Description" optional error={faults.fields.description}>
          <Textarea
            rows={2}
            value={draft.description}
            onChange={(event) => change({ description: event.target.value })}
          />
        </Field>
        {present ? null : (
          <Field label="Owner team" error={faults.fields.owner_team} optional={choices.teams.length < 2}>
            <Select
              placeholder="The built-in team"
              options={choices.teams}
              value={draft.owner}
              onChange={(event) => change({ owner: event.target.value })}
            />
          </Field>
        )}
      </div>
    </Section>
  )
}
