import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/field'
import { FileDrop } from '@/components/ui/file-drop'
import { plural } from '@/components/ui/format-number'
import { Input } from '@/components/ui/input'
import { Progress } from '@/components/ui/progress'
import { Section } from '@/components/ui/section'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { Select } from '@/components/ui/select'
import { spineColumns, timestampOf } from './draft'
import type { PartProps } from './part-props'

const kinds = [
  { value: 'group', label: 'A label group' },
  { value: 'upload', label: 'A file' },
  { value: 'dataset', label: 'Another dataset' },
] as const

function GroupRows({ form, choices }: PartProps) {
  const { draft, change, faults } = form
  const choose = (group: string) => {
    const found = choices.label_groups.find((one) => one.group === group)
    const only = found?.labels.length === 1 ? found.labels[0] : undefined
    change({ group, label: only ? `${group}:${only.name}` : '', labelKeys: {}, keys: {} })
  }
  return (
    <>
      <Field
        label="Label group"
        error={faults.fields.spine}
        hint="Each of its rows says what came to be known of one key at one time."
      >
        <Select
          mono
          placeholder="Choose a group"
          value={draft.group}
          options={choices.label_groups.map(({ group, version }) => ({
            value: group,
            label: `${group} @${version}`,
          }))}
          onChange={(event) => choose(event.target.value)}
        />
      </Field>
      <div className="grid grid-cols-2 gap-4">
        <Field label="From" optional error={faults.fields['spine.from']}>
          <Input
            type="date"
            value={draft.rangeFrom}
            onChange={(event) => change({ rangeFrom: event.target.value })}
          />
        </Field>
        <Field label="To" optional error={faults.fields['spine.to']} hint="The whole day counts.">
          <Input
            type="date"
            value={draft.rangeTo}
            onChange={(event) => change({ rangeTo: event.target.value })}
          />
        </Field>
      </div>
    </>
  )
}

function FileRows({ form }: PartProps) {
  const { draft, upload, faults } = form
  const sent = draft.upload
  return (
    <>
      <FileDrop
        label={sent ? `${sent.name}: ${plural(sent.rows, 'row')}` : 'Drop a CSV, NDJSON or Parquet file'}
        hint={
          sent
            ? 'Choose or drop another'
            : 'One row a training example: its keys and its time. It is kept for a day.'
        }
        accept=".csv,.ndjson,.jsonl,.parquet"
        onFile={(file) => upload.mutate(file)}
        disabled={upload.isPending}
      />
      {upload.isPending ? <Progress label="Sending and reading the file" value={0} /> : null}
      {upload.error ? <ErrorState title="The file was not taken" problem={upload.error.problem} /> : null}
      {faults.fields['spine.upload'] ? (
        <p className="text-12 text-fail">{faults.fields['spine.upload']}</p>
      ) : null}
    </>
  )
}

function DatasetRows({ form, choices }: PartProps) {
  const { draft, change, faults } = form
  return (
    <Field
      label="Dataset"
      error={faults.fields.spine}
      hint="Its keys, time and extra columns; not its features."
    >
      <Select
        mono
        placeholder="Choose a dataset"
        value={draft.dataset}
        options={choices.datasets.map(({ name, version }) => ({ value: name, label: `${name} @${version}` }))}
        onChange={(event) => change({ dataset: event.target.value, timestamp: '', keys: {} })}
      />
    </Field>
  )
}

function TimestampField({ form, choices }: PartProps) {
  const { draft, change, faults } = form
  const columns = spineColumns(draft, choices)
  if (columns.length === 0 || draft.spine === 'group') return null
  return (
    <Field
      label="Time of a row"
      error={faults.fields.timestamp_column}
      hint="Features are joined as they were known then."
    >
      <Select
        mono
        placeholder="Choose a column"
        value={timestampOf(draft, choices)}
        options={columns.map(({ name, type }) => ({ value: name, label: `${name} (${type})` }))}
        onChange={(event) => change({ timestamp: event.target.value })}
      />
    </Field>
  )
}

/** The rows: a label group in a range, a file, or another dataset. */
export function SpinePart(props: PartProps) {
  const { draft, change } = props.form
  return (
    <Section title="Rows">
      <div className="flex flex-col gap-3">
        <SegmentedControl
          label="Rows from"
          value={draft.spine}
          segments={kinds}
          onChange={(value) =>
            change({
              spine: kinds.find((one) => one.value === value)?.value ?? 'group',
              keys: {},
              timestamp: '',
            })
          }
        />
        {draft.spine === 'group' ? <GroupRows {...props} /> : null}
        {draft.spine === 'upload' ? <FileRows {...props} /> : null}
        {draft.spine === 'dataset' ? <DatasetRows {...props} /> : null}
        <TimestampField {...props} />
      </div>
    </Section>
  )
}
