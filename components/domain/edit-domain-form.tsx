'use client'
import { EditAssetForm, type EditAssetProps, type EditableAsset } from '@/components/edit/edit-asset-form'
import type { DomainResource } from '@/lib/registry/operations'

const domainEdit: EditableAsset<DomainResource> = {
  kind: 'domain',
  path: '/api/v1/domains',
  page: '/domains',
  fieldsOf: () => [
    { name: 'description', label: 'Meaning', control: 'area', hint: 'What belongs to it.' },
    { name: 'owner_team', label: 'Owner', control: 'team' },
  ],
  valuesOf: ({ description, owner_team }) => ({ description, owner_team }),
  bodyOf: ({ description = '', owner_team }) => ({ description: description.trim(), owner_team }),
}

/** Changes what is said of a business area; its name stays, since entities and groups name it. */
export const EditDomainForm = (props: EditAssetProps<DomainResource>) => (
  <EditAssetForm of={domainEdit} {...props} />
)
