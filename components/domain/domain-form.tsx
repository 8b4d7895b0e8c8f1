'use client'
import { AssetForm, PagePreview } from '@/components/asset-form/asset-form'
import { useNewAsset } from '@/components/asset-form/use-new-asset'
import { objectOf, readKept, text } from '@/components/forms/kept'
import { nameFault } from '@/components/rules/name-check'
import type { FormRules } from '@/components/rules/said'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { Textarea } from '@/components/ui/textarea'

const readValue = readKept(objectOf({ name: text, description: text, ownerTeam: text }))
const labels = { name: 'Name', description: 'Meaning', owner_team: 'Owner' }

interface DomainFormProps {
  teams: readonly string[]
  rules: FormRules
}

/** Registers a business area. */
export function DomainForm({ teams, rules }: DomainFormProps) {
  const form = useNewAsset({
    draft: 'register.domain',
    parse: readValue,
    empty: { name: '', description: '', ownerTeam: teams[0] ?? '' },
    path: '/api/v1/domains',
    toBody: ({ name, description, ownerTeam }) => ({
      name: name.trim(),
      description: description.trim(),
      owner_team: ownerTeam || null,
    }),
    isField: (path) => Object.hasOwn(labels, path),
    hrefOf: (name) => `/domains/${encodeURIComponent(name)}`,
  })
  const { value, change, faults } = form
  const typed = nameFault(rules.naming, { kind: 'domain', name: value.name, team: value.ownerTeam })
  return (
    <AssetForm
      form={form}
      action="Register the domain"
      waitsFor={value.name.trim() === '' ? 'A name is needed.' : null}
      labels={labels}
      preview={
        <PagePreview
          name={value.name}
          description={value.description}
          facts={[{ term: 'Owner', value: value.ownerTeam || 'your team' }]}
        />
      }
    >
      <Field
        label={labels.name}
        error={typed ?? faults.fields.name}
        hint="Lower case, digits and _. Entities and groups name it, so that it stays."
      >
        <Input mono value={value.name} onChange={(event) => change({ name: event.target.value })} />
      </Field>
      <Field label={labels.description} error={faults.fields.description} hint="What belongs to it.">
        <Textarea
          rows={3}
          value={value.description}
          onChange={(event) => change({ description: event.target.value })}
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
