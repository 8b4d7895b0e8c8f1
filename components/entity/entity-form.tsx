'use client'
import { AssetForm, PagePreview } from '@/components/asset-form/asset-form'
import { useNewAsset } from '@/components/asset-form/use-new-asset'
import { DomainInput } from '@/components/domain/domain-input'
import { listOf, objectOf, readKept, text } from '@/components/forms/kept'
import { KeysField } from '@/components/register/keys-field'
import { nameFault } from '@/components/rules/name-check'
import type { FormRules } from '@/components/rules/said'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { Textarea } from '@/components/ui/textarea'

const readValue = readKept(
  objectOf({
    name: text,
    description: text,
    keys: listOf(objectOf({ name: text, type: text, source: text })),
    domain: text,
    ownerTeam: text,
  }),
)
const labels = {
  name: 'Name',
  description: 'Meaning',
  keys: 'Key columns',
  domain: 'Domain',
  owner_team: 'Owner',
}

interface EntityFormProps {
  teams: readonly string[]
  rules: FormRules
}

/** Registers what features describe: a name and the typed keys that tell one from another. */
export function EntityForm({ teams, rules }: EntityFormProps) {
  const form = useNewAsset({
    draft: 'register.entity',
    parse: readValue,
    empty: {
      name: '',
      description: '',
      keys: [{ name: '', type: 'int64', source: '' }],
      domain: '',
      ownerTeam: teams[0] ?? '',
    },
    path: '/api/v1/entities',
    toBody: ({ name, description, keys, domain, ownerTeam }) => ({
      name: name.trim(),
      description: description.trim(),
      keys: keys.map((key) => ({ name: key.name.trim(), type: key.type })),
      domain: domain.trim() || null,
      owner_team: ownerTeam || null,
    }),
    isField: (path) => Object.hasOwn(labels, path),
    hrefOf: (name) => `/entities/${encodeURIComponent(name)}`,
  })
  const { value, change, faults } = form
  const typed = nameFault(rules.naming, { kind: 'entity', name: value.name, team: value.ownerTeam })
  const isReady = value.name.trim() !== '' && value.keys.some((key) => key.name.trim() !== '')
  return (
    <AssetForm
      form={form}
      action="Register the entity"
      waitsFor={isReady ? null : 'A name and a key are needed.'}
      labels={labels}
      preview={
        <PagePreview
          kind="entity"
          name={value.name}
          description={value.description}
          facts={[
            {
              term: 'Keys',
              value: value.keys.map((key) => `${key.name || '…'} ${key.type}`).join(', ') || 'none',
            },
            { term: 'Owner', value: value.ownerTeam || 'your team' },
            { term: 'Domain', value: value.domain || 'not stated' },
          ]}
        />
      }
    >
      <Field
        label={labels.name}
        error={typed ?? faults.fields.name}
        hint="In the singular: what one key names, such as customer or airport."
      >
        <Input mono value={value.name} onChange={(event) => change({ name: event.target.value })} />
      </Field>
      <Field label={labels.description} error={faults.fields.description}>
        <Textarea
          rows={3}
          value={value.description}
          onChange={(event) => change({ description: event.target.value })}
        />
      </Field>
      <KeysField
        keys={value.keys}
        onChange={(keys) => change({ keys })}
        error={faults.fields.keys}
        empty="An entity needs a key."
      />
      <Field label={labels.domain} optional error={faults.fields.domain}>
        <DomainInput
          value={value.domain}
          known={rules.domains}
          onChange={(event) => change({ domain: event.target.value })}
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
