import { Field } from '@/components/ui/field'
import { Section } from '@/components/ui/section'
import { Select } from '@/components/ui/select'
import { columnOfKey, keyedGroups, spineColumns } from './draft'
import type { PartProps } from './part-props'

/** Which column of the rows is which key, where the names do not say it. */
export function KeysPart({ form, choices }: PartProps) {
  const { draft, change, faults } = form
  const columns = spineColumns(draft, choices)
  const groups = keyedGroups(draft, choices)
  if (columns.length === 0 || groups.length === 0) return null
  return (
    <Section title="Keys" note="Which column of the rows each group is joined by.">
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
        {groups.flatMap(({ group, keys }) =>
          keys.map(({ name, type }) => {
            const chosen = columnOfKey(draft, columns, group, name)
            return (
              <Field key={`${group} ${name}`} label={`${group}: ${name}`} aside={type}>
                <Select
                  mono
                  placeholder="Choose a column"
                  value={chosen}
                  options={columns.map((column) => ({ value: column.name }))}
                  onChange={(event) =>
                    change({
                      keys: { ...draft.keys, [group]: { ...draft.keys[group], [name]: event.target.value } },
                    })
                  }
                />
              </Field>
            )
          }),
        )}
      </div>
      {faults.fields.join_keys ? <p className="mt-2 text-12 text-fail">{faults.fields.join_keys}</p> : null}
    </Section>
  )
}
