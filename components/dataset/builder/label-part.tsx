import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Section } from '@/components/ui/section'
import { Select } from '@/components/ui/select'
import { horizonWords } from '../dataset-words'
import { spineColumns } from './draft'
import type { PartProps } from './part-props'

function LabelKeys({ form, choices }: PartProps) {
  const { draft, change } = form
  const group = choices.label_groups.find((one) => draft.label.startsWith(`${one.group}:`))
  const columns = spineColumns(draft, choices)
  const foreign = (group?.keys ?? []).filter(({ name }) => !columns.some((column) => column.name === name))
  if (foreign.length === 0 || columns.length === 0) return null
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {foreign.map(({ name, type }) => (
        <Field key={name} label={`Label: ${name}`} aside={type}>
          <Select
            mono
            placeholder="Choose a column"
            value={draft.labelKeys[name] ?? ''}
            options={columns.map((column) => ({ value: column.name }))}
            onChange={(event) => change({ labelKeys: { ...draft.labelKeys, [name]: event.target.value } })}
          />
        </Field>
      ))}
    </div>
  )
}

function SplitFields({ form }: PartProps) {
  const { draft, change, faults } = form
  const kinds = [
    { value: 'none', label: 'One file' },
    { value: 'time', label: 'Train and test by time' },
    { value: 'fraction', label: 'Train and test, drawn at random' },
  ] as const
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <Field label="Divide into" error={faults.fields.split}>
        <Select
          options={kinds}
          value={draft.split}
          onChange={(event) =>
            change({ split: kinds.find(({ value }) => value === event.target.value)?.value ?? 'none' })
          }
        />
      </Field>
      {draft.split === 'time' ? (
        <Field label="Test rows from" error={faults.fields['split.test_from']}>
          <Input
            type="date"
            value={draft.testFrom}
            onChange={(event) => change({ testFrom: event.target.value })}
          />
        </Field>
      ) : null}
      {draft.split === 'fraction' ? (
        <Field label="Test rows, percent" error={faults.fields['split.test']}>
          <Input
            inputMode="numeric"
            value={draft.testShare}
            onChange={(event) => change({ testShare: event.target.value })}
          />
        </Field>
      ) : null}
    </div>
  )
}

/** What is predicted, what was known, and how the rows are divided. */
export function LabelPart(props: PartProps) {
  const { form, choices } = props
  const { draft, change, faults } = form
  const options = choices.label_groups.flatMap(({ group, labels }) =>
    labels.map(({ name, horizon_seconds: horizon }) => ({
      value: `${group}:${name}`,
      label: `${group}:${name}, ${horizonWords(horizon)}`,
    })),
  )
  return (
    <Section title="Label and time">
      <div className="flex flex-col gap-3">
        <Field
          label="Label"
          optional
          error={faults.fields.label}
          hint="Joined at each row’s own time. Rows whose label cannot be known yet are left out and counted."
        >
          <Select
            mono
            placeholder="No label"
            value={draft.label}
            options={options}
            onChange={(event) => change({ label: event.target.value, labelKeys: {} })}
          />
        </Field>
        <LabelKeys {...props} />
        <Field
          label="Known at"
          optional
          error={faults.fields.known_at}
          hint="RFC 3339. Rows that were committed later are not seen; without it, the moment of the build."
        >
          <Input
            mono
            placeholder="2026-01-31T08:30:00Z"
            value={draft.knownAt}
            onChange={(event) => change({ knownAt: event.target.value })}
          />
        </Field>
        <SplitFields {...props} />
      </div>
    </Section>
  )
}
