'use client'
import { AssetForm, PagePreview } from '@/components/asset-form/asset-form'
import { useNewAsset } from '@/components/asset-form/use-new-asset'
import { objectOf, oneOf, type Read, readKept, recordOf, text } from '@/components/forms/kept'
import { nameFault } from '@/components/rules/name-check'
import type { FormRules } from '@/components/rules/said'
import { CodeBlock } from '@/components/ui/code-block'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { Textarea } from '@/components/ui/textarea'
import { absentConfig, configBody, configFields, sourceKindLabels, sourceKindNames } from './source-config'

const members = objectOf({
  name: text,
  description: text,
  kind: oneOf(['push', 'file', 'table', 'bucket', 'topic']),
  /** By the members of `config`, whatever kind they are of. */
  config: recordOf(text),
  freshness: text,
  ownerTeam: text,
})
type Value = Read<typeof members>
const readValue = readKept(members)

const labels = {
  name: 'Name',
  description: 'Meaning',
  kind: 'Kind',
  config: 'Where it is',
  freshness: 'New data is promised every',
  owner_team: 'Owner',
}

interface SourceFormProps {
  teams: readonly string[]
  rules: FormRules
}

interface PartProps {
  value: Value
  change: (part: Partial<Value>) => void
}

function ConfigFields({ value, change }: PartProps) {
  const { kind, config } = value
  return configFields[kind].map(({ name, label, hint, placeholder, optional, options }) => {
    const common = {
      value: config[name] ?? '',
      onChange: (event: { target: { value: string } }) =>
        change({ config: { ...config, [name]: event.target.value } }),
    }
    return (
      <Field key={name} label={label} hint={hint} optional={optional ?? false}>
        {options ? (
          <Select mono options={options} {...common} value={common.value || (options[0] ?? '')} />
        ) : (
          <Input mono placeholder={placeholder} {...common} />
        )}
      </Field>
    )
  })
}

const bodyOf = ({ name, description, kind, config, freshness, ownerTeam }: Value) => ({
  name: name.trim(),
  description: description.trim(),
  kind,
  config: configBody(kind, config),
  freshness: freshness.trim() || null,
  owner_team: ownerTeam || null,
})

/** Registers where raw data comes from. Secrets do not belong here: connections are set by administrators. */
export function SourceForm({ teams, rules }: SourceFormProps) {
  const form = useNewAsset<Value>({
    draft: 'register.source',
    parse: readValue,
    empty: { name: '', description: '', kind: 'file', config: {}, freshness: '', ownerTeam: teams[0] ?? '' },
    path: '/api/v1/sources',
    toBody: bodyOf,
    isField: (path) => Object.hasOwn(labels, path),
    hrefOf: (name) => `/sources/${encodeURIComponent(name)}`,
  })
  const { value, change, faults } = form
  const typed = nameFault(rules.naming, { kind: 'source', name: value.name, team: value.ownerTeam })
  const absent = [...(value.name.trim() === '' ? ['Name'] : []), ...absentConfig(value.kind, value.config)]
  return (
    <AssetForm
      form={form}
      action="Register the source"
      waitsFor={absent.length > 0 ? `Still needed: ${absent.join(', ')}.` : null}
      labels={labels}
      preview={
        <PagePreview
          kind="source"
          name={value.name}
          description={value.description}
          facts={[
            { term: 'Kind', value: value.kind },
            { term: 'Owner', value: value.ownerTeam || 'your team' },
            { term: 'Freshness promised', value: value.freshness || 'none' },
          ]}
        >
          <CodeBlock language="JSON" code={JSON.stringify(configBody(value.kind, value.config), null, 2)} />
        </PagePreview>
      }
    >
      <Field label={labels.name} error={typed ?? faults.fields.name}>
        <Input mono value={value.name} onChange={(event) => change({ name: event.target.value })} />
      </Field>
      <Field label={labels.description} optional error={faults.fields.description}>
        <Textarea
          rows={2}
          className="min-h-16"
          value={value.description}
          onChange={(event) => change({ description: event.target.value })}
        />
      </Field>
      <Field label={labels.kind} error={faults.fields.kind}>
        <Select
          options={sourceKindNames.map((kind) => ({ value: kind, label: sourceKindLabels[kind] }))}
          value={value.kind}
          onChange={(event) =>
            change({ kind: sourceKindNames.find((kind) => kind === event.target.value) ?? value.kind })
          }
        />
      </Field>
      <ConfigFields value={value} change={change} />
      {faults.fields.config ? <p className="text-12 text-fail">{faults.fields.config}</p> : null}
      <Field
        label={labels.freshness}
        optional
        error={faults.fields.freshness}
        hint="ISO 8601, such as PT1H or P1D."
      >
        <Input
          mono
          placeholder="P1D"
          value={value.freshness}
          onChange={(event) => change({ freshness: event.target.value })}
        />
      </Field>
      <Field label={labels.owner_team} error={faults.fields.owner_team}>
        <Select
          options={teams}
          value={value.ownerTeam}
          onChange={(event) => change({ ownerTeam: event.target.value })}
        />
      </Field>
    </AssetForm>
  )
}
