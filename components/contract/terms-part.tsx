'use client'
import { GridEditor } from '@/components/forms/grid-editor'
import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Section } from '@/components/ui/section'
import { Select } from '@/components/ui/select'
import { type ContractDraft, checkColumns, shareColumns, uniqueColumns } from './form-model'

export interface DraftPartProps {
  draft: ContractDraft
  set: (change: Partial<ContractDraft>) => void
  /** Reasons by path: `terms.freshness.max_age`. */
  faults: Readonly<Record<string, string>>
}

const ownEnforcement = [
  { value: '', label: 'as the contract' },
  { value: 'strict', label: 'strict' },
  { value: 'warn', label: 'warn' },
]

/** Errors of a list's members as the grid names them: `terms.checks.0.expression` → `0.expression`. */
const gridFaults = (faults: DraftPartProps['faults'], list: string, fallback: string) =>
  Object.fromEntries(
    Object.entries(faults).flatMap(([path, reason]) => {
      const match = path.startsWith(`terms.${list}.`)
        ? /^(\d+)(?:\.(\w+))?/.exec(path.slice(list.length + 7))
        : null
      return match ? [[`${match[1]}.${match[2] ?? fallback}`, reason]] : []
    }),
  )

function Freshness({ draft, set, faults }: DraftPartProps) {
  return (
    <Section title="Freshness" note="Judged all day: a breach is open until the next rows arrive.">
      <div className="grid gap-4 md:grid-cols-3">
        <Field
          label="Newest row at most"
          optional
          hint="ISO 8601, such as PT6H or P1D."
          error={faults['terms.freshness.max_age'] ?? faults['terms.freshness']}
        >
          <Input
            mono
            value={draft.maxAge}
            placeholder="P1D"
            onChange={(event) => set({ maxAge: event.target.value })}
          />
        </Field>
        <Field
          label="Rows each day by"
          optional
          hint="UTC, such as 06:30."
          error={faults['terms.freshness.by']}
        >
          <Input
            mono
            value={draft.by}
            placeholder="06:30"
            onChange={(event) => set({ by: event.target.value })}
          />
        </Field>
        <Field label="When broken">
          <Select
            options={ownEnforcement}
            value={draft.freshnessEnforcement}
            onChange={(event) => set({ freshnessEnforcement: event.target.value })}
          />
        </Field>
      </div>
      <div className="mt-2">
        <Checkbox
          label="Hold each batch to the age too"
          hint="Its newest row may be no older. Not for groups that are filled backwards."
          checked={draft.atCommit}
          onChange={(event) => set({ atCommit: event.target.checked })}
        />
      </div>
    </Section>
  )
}

function Counts({ draft, set, faults }: DraftPartProps) {
  const input = (label: string, id: 'commitMin' | 'commitMax' | 'dayMin' | 'dayMax', error?: string) => (
    <Field label={label} optional error={error}>
      <Input inputMode="numeric" value={draft[id]} onChange={(event) => set({ [id]: event.target.value })} />
    </Field>
  )
  return (
    <Section
      title="Number of rows"
      note="A day is one of event time, judged when a day has passed for its rows to arrive."
    >
      <div className="grid gap-4 md:grid-cols-5">
        {input('Least a commit', 'commitMin', faults['terms.rows.per_commit'])}
        {input('Most a commit', 'commitMax')}
        {input('Least a day', 'dayMin', faults['terms.rows.per_day'])}
        {input('Most a day', 'dayMax')}
        <Field label="When broken">
          <Select
            options={ownEnforcement}
            value={draft.rowsEnforcement}
            onChange={(event) => set({ rowsEnforcement: event.target.value })}
          />
        </Field>
      </div>
    </Section>
  )
}

/** The terms of a contract. */
export function TermsPart(props: DraftPartProps) {
  const { draft, set, faults } = props
  return (
    <>
      <Field
        label="When a term is broken"
        hint="Each term may say otherwise. Strict refuses the batch, or holds its bad rows back; warn lets it in and tells."
      >
        <Select
          options={['strict', 'warn']}
          value={draft.enforcement}
          onChange={(event) => set({ enforcement: event.target.value })}
        />
      </Field>
      <Section
        title="Statements about each row"
        note="In the language of derived features, over keys, event time and features. Null is neither true nor false, and keeps it."
      >
        <GridEditor
          label="Statements about each row"
          noun="statement"
          columns={checkColumns}
          rows={draft.checks}
          onChange={(checks) => set({ checks })}
          errors={gridFaults(faults, 'checks', 'name')}
        />
      </Section>
      <Section
        title="Unique in a batch"
        note="Columns that no two rows of a batch may have alike, such as key and event time."
      >
        <GridEditor
          label="Unique in a batch"
          noun="set"
          columns={uniqueColumns}
          rows={draft.unique}
          onChange={(unique) => set({ unique })}
          errors={gridFaults(faults, 'unique', 'columns')}
        />
      </Section>
      <Freshness {...props} />
      <Counts {...props} />
      <Section title="Nulls of a day" note="Share of the rows of a day of event time.">
        <GridEditor
          label="Nulls of a day"
          noun="feature"
          columns={shareColumns}
          rows={draft.shares}
          onChange={(shares) => set({ shares })}
          errors={gridFaults(faults, 'null_share', 'feature')}
        />
      </Section>
    </>
  )
}
