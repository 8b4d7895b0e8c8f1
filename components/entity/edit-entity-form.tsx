'use client'
import { EditAssetForm, type EditAssetProps, type EditableAsset } from '@/components/edit/edit-asset-form'
import type { EntityResource } from '@/lib/registry/operations'

const entityEdit: EditableAsset<EntityResource> = {
  kind: 'entity',
  path: '/api/v1/entities',
  page: '/entities',
  fieldsOf: () => [
    { name: 'description', label: 'Meaning', control: 'area' },
    { name: 'domain', label: 'Domain', control: 'domain', optional: true, hint: 'The business area.' },
    { name: 'owner_team', label: 'Owner', control: 'team' },
  ],
  valuesOf: ({ description, domain, owner_team }) => ({ description, domain: domain ?? '', owner_team }),
  bodyOf: ({ description = '', domain = '', owner_team }) => ({
    description: description.trim(),
    domain: domain.trim() || null,
    owner_team,
  }),
}

/** Changes what is said of an entity; its keys stay, since groups stand on them. */
export const EditEntityForm = (props: EditAssetProps<EntityResource>) => (
  <EditAssetForm of={entityEdit} {...props} />
)
