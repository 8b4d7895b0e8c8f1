'use client'
import { AssetForm, PagePreview } from '@/components/asset-form/asset-form'
import { useNewAsset } from '@/components/asset-form/use-new-asset'
import { objectOf, readKept, text } from '@/components/forms/kept'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { Textarea } from '@/components/ui/textarea'
import { synonymsHint, synonymsOf } from './synonyms'
import { termHref } from './term-href'

const readValue = readKept(
  objectOf({
    name: text,
    meaning: text,
    synonyms: text,
    ownerTeam: text,
  }),
)
const labels = { name: 'Term', meaning: 'Meaning', synonyms: 'Also', owner_team: 'Owner' }

/** Adds a word of the business. */
export function TermForm({ teams }: { teams: readonly string[] }) {
  const form = useNewAsset({
    draft: 'register.term',
    parse: readValue,
    empty: { name: '', meaning: '', synonyms: '', ownerTeam: teams[0] ?? '' },
    path: '/api/v1/glossary-terms',
    toBody: ({ name, meaning, synonyms, ownerTeam }) => ({
      name,
      meaning,
      synonyms: synonymsOf(synonyms),
      owner_team: ownerTeam || null,
    }),
    isField: (path) => Object.hasOwn(labels, path),
    hrefOf: termHref,
  })
  const { value, change, faults } = form
  const isEmpty = value.name.trim() === '' || value.meaning.trim() === ''
  return (
    <AssetForm
      form={form}
      action="Add the term"
      waitsFor={isEmpty ? 'A term and its meaning are needed.' : null}
      labels={labels}
      preview={
        <PagePreview
          name={value.name}
          description={value.meaning}
          facts={[
            { term: 'Also', value: synonymsOf(value.synonyms).join(', ') || 'no other word' },
            { term: 'Owner', value: value.ownerTeam || 'your team' },
          ]}
        />
      }
    >
      <Field label={labels.name} error={faults.fields.name} hint="As it is written: “Block time”. It stays.">
        <Input value={value.name} onChange={(event) => change({ name: event.target.value })} />
      </Field>
      <Field
        label={labels.meaning}
        error={faults.fields.meaning}
        hint="Its first sentence is shown where the term is used."
      >
        <Textarea
          rows={4}
          value={value.meaning}
          onChange={(event) => change({ meaning: event.target.value })}
        />
      </Field>
      <Field label={labels.synonyms} error={faults.fields.synonyms} hint={synonymsHint} optional>
        <Input value={value.synonyms} onChange={(event) => change({ synonyms: event.target.value })} />
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
