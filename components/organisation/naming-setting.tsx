'use client'
import type { GridColumn } from '@/components/forms/grid-model'
import { Field } from '@/components/ui/field'
import { Textarea } from '@/components/ui/textarea'
import type { SettingResource } from '@/lib/settings/operations'
import { GridField } from './grid-field'
import { SettingForm } from './setting-form'
import { namingForm } from './setting-values'

const kindsHint = 'group feature service'
const patterns: GridColumn[] = [
  { id: 'kinds', label: 'For', kind: 'text', width: '26%', required: true, placeholder: kindsHint },
  {
    id: 'pattern',
    label: 'Pattern',
    kind: 'text',
    mono: true,
    required: true,
    placeholder: '[a-z]+_[a-z_]+',
  },
  { id: 'explanation', label: 'What it says', kind: 'text', placeholder: 'Area, then what it is' },
]
const prefixes: GridColumn[] = [
  { id: 'team', label: 'Team', kind: 'text', mono: true, required: true, placeholder: 'flights' },
  { id: 'prefix', label: 'Prefix', kind: 'text', mono: true, required: true, placeholder: 'fl_' },
  { id: 'kinds', label: 'For', kind: 'text', required: true, placeholder: kindsHint, initial: 'group' },
]
const labels = { patterns: 'Patterns', team_prefixes: 'Prefixes', reserved: 'Reserved words' }

interface SettingProps {
  setting: SettingResource
  mayChange: boolean
}

/** How new names have to look. */
export function NamingSetting({ setting, mayChange }: SettingProps) {
  return (
    <SettingForm setting={setting} title="Naming" form={namingForm} mayChange={mayChange} labels={labels}>
      {({ values, change, faults, disabled }) => (
        <fieldset disabled={disabled} className="flex min-w-0 flex-col gap-4">
          <p className="prose text-muted">
            For new names only: what is there stays as it is. “For” holds the kinds: group, feature, service,
            entity, source, domain.
          </p>
          <GridField
            label={labels.patterns}
            noun="pattern"
            columns={patterns}
            value={values.patterns ?? ''}
            onChange={(text) => change({ patterns: text })}
            faults={faults}
            disabled={disabled}
            prefix="value.patterns"
          />
          <GridField
            label={labels.team_prefixes}
            noun="rule"
            columns={prefixes}
            value={values.team_prefixes ?? ''}
            onChange={(text) => change({ team_prefixes: text })}
            faults={faults}
            disabled={disabled}
            prefix="value.team_prefixes"
          />
          <Field
            label={labels.reserved}
            optional
            hint="Separated by spaces. No new name may hold one of them between its underscores."
          >
            <Textarea
              mono
              rows={2}
              className="min-h-16"
              value={values.reserved ?? ''}
              onChange={(event) => change({ reserved: event.target.value })}
            />
          </Field>
        </fieldset>
      )}
    </SettingForm>
  )
}
