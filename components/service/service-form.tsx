'use client'
import { AssetForm, PagePreview } from '@/components/asset-form/asset-form'
import { useNewAsset } from '@/components/asset-form/use-new-asset'
import { flag, listOf, objectOf, type Read, readKept, text } from '@/components/forms/kept'
import { nameFault } from '@/components/rules/name-check'
import type { FormRules } from '@/components/rules/said'
import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { plural } from '@/components/ui/format-number'
import { Input } from '@/components/ui/input'
import { NameText } from '@/components/ui/name-text'
import { Select } from '@/components/ui/select'
import { Textarea } from '@/components/ui/textarea'
import { FeaturePicker } from './feature-picker'

const members = objectOf({
  name: text,
  description: text,
  purpose: text,
  ownerTeam: text,
  tags: text,
  fullNames: flag,
  features: listOf(text),
})
type Value = Read<typeof members>
const readValue = readKept(members)

const labels = {
  name: 'Name',
  description: 'Meaning',
  purpose: 'Purpose',
  owner_team: 'Owner',
  tags: 'Tags',
  features: 'Features',
  full_feature_names: 'Full names',
}

interface ServiceFormProps {
  teams: readonly string[]
  rules: FormRules
  environment: string
  /** What it begins with, as a basket has it. */
  features?: readonly string[]
}

const bodyOf = (value: Value, environment: string) => ({
  name: value.name.trim(),
  description: value.description.trim(),
  purpose: value.purpose.trim() || null,
  owner_team: value.ownerTeam || null,
  tags: value.tags.split(/[\s,]+/).filter((tag) => tag !== ''),
  full_feature_names: value.fullNames,
  features: value.features,
  environment,
})

const isField = (path: string) => Object.hasOwn(labels, path) || /^features\.\d+$/.test(path)

function ServicePreview({ value, environment }: { value: Value; environment: string }) {
  const groups = new Set(value.features.map((name) => name.replace(/[@:].*$/, '')))
  return (
    <PagePreview
      kind="service"
      name={value.name}
      description={value.description}
      facts={[
        { term: 'Purpose', value: value.purpose || 'not stated' },
        { term: 'Owner', value: value.ownerTeam || 'your team' },
        { term: 'Groups', value: groups.size === 0 ? '–' : [...groups].join(', ') },
        { term: 'Versions', value: `as served in ${environment}`, note: 'Pinned when it is registered.' },
      ]}
    >
      <p className="text-12 text-muted">{plural(value.features.length, 'feature')}, in this order</p>
      <ul className="border-t">
        {value.features.map((name) => (
          <li key={name} className="flex min-h-8 items-center border-b">
            <NameText name={name} />
          </li>
        ))}
      </ul>
    </PagePreview>
  )
}

/** Registers what one model consumes: a named selection of features over groups. */
export function ServiceForm({ teams, rules, environment, features = [] }: ServiceFormProps) {
  const form = useNewAsset<Value>({
    draft: ['register.service', ...features].join('.'),
    parse: readValue,
    empty: {
      name: '',
      description: '',
      purpose: '',
      ownerTeam: teams[0] ?? '',
      tags: '',
      fullNames: false,
      features: [...features],
    },
    path: '/api/v1/feature-services',
    toBody: (value) => bodyOf(value, environment),
    isField,
    hrefOf: (name) => `/services/${encodeURIComponent(name)}`,
  })
  const { value, change, faults } = form
  const text = (name: 'description' | 'purpose' | 'tags' | 'ownerTeam' | 'name') => ({
    value: value[name],
    onChange: (event: { target: { value: string } }) => change({ [name]: event.target.value }),
  })
  const typed = nameFault(rules.naming, { kind: 'service', name: value.name, team: value.ownerTeam })
  const isReady = value.name.trim() !== '' && value.features.length > 0
  return (
    <AssetForm
      form={form}
      action="Register the service"
      waitsFor={isReady ? null : 'A name and at least one feature are needed.'}
      labels={labels}
      preview={<ServicePreview value={value} environment={environment} />}
    >
      <Field
        label={labels.name}
        error={typed ?? faults.fields.name}
        hint="After the model that reads it, such as churn_v1. Lower case, digits and _."
      >
        <Input mono {...text('name')} />
      </Field>
      <Field label={labels.description} optional error={faults.fields.description}>
        <Textarea rows={2} className="min-h-16" {...text('description')} />
      </Field>
      <Field
        label={labels.purpose}
        optional
        error={faults.fields.purpose}
        hint="What it is read for; restricted features are granted by purpose."
      >
        <Input {...text('purpose')} />
      </Field>
      <FeaturePicker
        selected={value.features}
        onChange={(features) => change({ features })}
        environment={environment}
        errors={faults.fields}
      />
      <Checkbox
        label="Full names in the answer"
        hint="group__feature, where two groups have a feature of the same name."
        checked={value.fullNames}
        onChange={(event) => change({ fullNames: event.target.checked })}
      />
      <Field label={labels.owner_team} error={faults.fields.owner_team}>
        <Select options={teams} {...text('ownerTeam')} />
      </Field>
      <Field label={labels.tags} optional error={faults.fields.tags} hint="Separated by spaces or commas.">
        <Input {...text('tags')} />
      </Field>
    </AssetForm>
  )
}
