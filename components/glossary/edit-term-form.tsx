'use client'
import { EditAssetForm, type EditAssetProps, type EditableAsset } from '@/components/edit/edit-asset-form'
import type { TermResource } from '@/lib/glossary/operations'
import { synonymsHint, synonymsOf } from './synonyms'

const termEdit: EditableAsset<TermResource> = {
  kind: 'term',
  path: '/api/v1/glossary-terms',
  page: '/glossary',
  fieldsOf: () => [
    {
      name: 'meaning',
      label: 'Meaning',
      control: 'area',
      hint: 'Its first sentence is shown where the term is used.',
    },
    { name: 'synonyms', label: 'Also', control: 'text', hint: synonymsHint, optional: true },
    { name: 'owner_team', label: 'Owner', control: 'team' },
  ],
  valuesOf: ({ meaning, synonyms, owner_team }) => ({ meaning, synonyms: synonyms.join(', '), owner_team }),
  bodyOf: ({ meaning = '', synonyms = '', owner_team }) => ({
    meaning,
    synonyms: synonymsOf(synonyms),
    owner_team,
  }),
}

/** Changes what a term means; its name stays, since links lead to it. */
export const EditTermForm = (props: EditAssetProps<TermResource>) => (
  <EditAssetForm of={termEdit} {...props} />
)
