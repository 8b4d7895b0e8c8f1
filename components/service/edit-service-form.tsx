'use client'
import { EditAssetForm, type EditAssetProps, type EditableAsset } from '@/components/edit/edit-asset-form'
import type { ServiceResource } from '@/lib/registry/operations'

const serviceEdit: EditableAsset<ServiceResource> = {
  kind: 'service',
  path: '/api/v1/feature-services',
  page: '/services',
  fieldsOf: () => [
    { name: 'description', label: 'Meaning', control: 'area', optional: true },
    {
      name: 'purpose',
      label: 'Purpose',
      control: 'text',
      optional: true,
      hint: 'What it is read for; restricted features are granted by purpose.',
    },
    { name: 'owner_team', label: 'Owner', control: 'team' },
    {
      name: 'tags',
      label: 'Tags',
      control: 'text',
      optional: true,
      hint: 'Separated by spaces or commas.',
    },
  ],
  valuesOf: ({ description, purpose, owner_team, tags }) => ({
    description,
    purpose: purpose ?? '',
    owner_team,
    tags: tags.join(' '),
  }),
  bodyOf: ({ description = '', purpose = '', owner_team, tags = '' }) => ({
    description: description.trim(),
    purpose: purpose.trim() || null,
    owner_team,
    tags: tags.split(/[\s,]+/).filter((tag) => tag !== ''),
  }),
}

/** Changes what is said of a service; its selection changes by a new version. */
export const EditServiceForm = (props: EditAssetProps<ServiceResource>) => (
  <EditAssetForm of={serviceEdit} {...props} />
)
