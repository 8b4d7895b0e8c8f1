'use client'
import { Field } from '@/components/ui/field'
import { Textarea } from '@/components/ui/textarea'
import type { SettingResource } from '@/lib/settings/operations'
import { SettingForm } from './setting-form'
import { jsonForm } from './setting-values'

interface SettingProps {
  setting: SettingResource
  mayChange: boolean
}

/** A setting without a form of its own, as the interface takes it. */
export function OtherSetting({ setting, mayChange }: SettingProps) {
  return (
    <SettingForm
      setting={setting}
      title={setting.key}
      form={jsonForm}
      mayChange={mayChange}
      labels={{ value: 'Value' }}
    >
      {({ values, change, faults, disabled }) => (
        <Field
          label="Value"
          error={faults.value}
          hint={<span className="break-all">JSON. As shipped: {JSON.stringify(setting.default)}</span>}
        >
          <Textarea
            mono
            rows={Math.min(14, (values.value ?? '').split('\n').length + 1)}
            className="min-h-16"
            disabled={disabled}
            value={values.value ?? ''}
            onChange={(event) => change({ value: event.target.value })}
          />
        </Field>
      )}
    </SettingForm>
  )
}
