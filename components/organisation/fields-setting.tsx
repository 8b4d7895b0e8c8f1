'use client'
import type { GridColumn } from '@/components/forms/grid-model'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import type { GroupField } from '@/lib/registry/operations'
import { alwaysMandatory, classificationNames, customTypes, groupFields } from '@/lib/registry/plain'
import type { SettingResource } from '@/lib/settings/operations'
import { GridField } from './grid-field'
import { SettingForm } from './setting-form'
import { fieldsForm } from './setting-values'

const fieldLabels: Record<GroupField, string> = {
  description: 'Meaning of the group',
  feature_descriptions: 'Meaning of each feature',
  domain: 'Domain',
  tags: 'Tags',
  purposes: 'Purposes',
  lawful_basis: 'Lawful basis',
  cadence: 'How often rows arrive',
  entity: 'Entity',
  contract: 'A contract on some feature',
}
const labels: Record<string, string> = {
  custom_fields: 'Fields of your own',
  ...Object.fromEntries(groupFields.map((field) => [`mandatory.${field}`, fieldLabels[field]])),
}

const custom: GridColumn[] = [
  { id: 'name', label: 'Name', kind: 'text', mono: true, required: true, placeholder: 'retention_days' },
  { id: 'label', label: 'Label', kind: 'text', required: true, placeholder: 'Retention in days' },
  { id: 'type', label: 'Type', kind: 'select', options: customTypes, width: '6.5rem', initial: 'text' },
  { id: 'choices', label: 'Choices', kind: 'text', placeholder: 'short, long' },
  {
    id: 'required_from',
    label: 'Needed from',
    kind: 'select',
    options: ['', ...classificationNames],
    width: '7.5rem',
  },
  { id: 'help', label: 'Help', kind: 'text' },
]

const optionsOf = (field: GroupField) => {
  const always = alwaysMandatory.find((one) => one.field === field)?.from
  const loosest = always ? classificationNames.indexOf(always) : classificationNames.length
  const offered = classificationNames.filter((_, at) => at < loosest)
  return {
    placeholder: always ? `${always} (always)` : 'not mandatory',
    options: offered.map((value) => ({ value, label: `from ${value}` })),
  }
}

interface SettingProps {
  setting: SettingResource
  mayChange: boolean
}

/** Which fields a version needs, and fields of the organisation's own. */
export function FieldsSetting({ setting, mayChange }: SettingProps) {
  return (
    <SettingForm
      setting={setting}
      title="Mandatory fields"
      form={fieldsForm}
      mayChange={mayChange}
      labels={labels}
    >
      {({ values, change, faults, disabled }) => (
        <fieldset disabled={disabled} className="flex min-w-0 flex-col gap-4">
          <p className="prose text-muted">
            Looked at when a version is submitted, or would serve at once; never when a draft is made. A class
            stands for itself and what is stricter.
          </p>
          <div className="grid gap-4 md:grid-cols-3">
            {groupFields.map((field) => (
              <Field key={field} label={fieldLabels[field]}>
                <Select
                  {...optionsOf(field)}
                  value={values[`mandatory.${field}`] ?? ''}
                  onChange={(event) => change({ [`mandatory.${field}`]: event.target.value })}
                />
              </Field>
            ))}
          </div>
          <GridField
            label="Fields of your own"
            noun="field"
            columns={custom}
            value={values.custom_fields ?? ''}
            onChange={(text) => change({ custom_fields: text })}
            faults={faults}
            disabled={disabled}
            prefix="value.custom_fields"
          />
        </fieldset>
      )}
    </SettingForm>
  )
}
