'use client'
import { useRouter } from 'next/navigation'
import { EditFrame } from '@/components/edit/edit-frame'
import { useEdit } from '@/components/edit/use-edit'
import { faultsOf } from '@/components/forms/problem-fields'
import { Checkbox } from '@/components/ui/checkbox'
import { toRoute } from '@/components/ui/route'
import { request } from '@/lib/api-client'
import type {
  ServiceImpactResource,
  ServiceResource,
  ServiceVersionResource,
} from '@/lib/registry/operations'
import { FeaturePicker } from './feature-picker'
import { SelectionPreview } from './selection-preview'

const labels: Record<string, string> = {
  version: 'Version',
  features: 'Features',
  full_feature_names: 'Full names',
}
const wordOf = (field: string) => labels[field] ?? field
const isField = (path: string) => Object.hasOwn(labels, path) || /^features\.\d+$/.test(path)

/** The version stands among them so that another one made meanwhile is told. */
const valuesOf = (service: ServiceResource): Record<string, string> => ({
  version: String(service.version),
  features: service.features.join('\n'),
  full_feature_names: service.full_feature_names ? 'yes' : 'no',
})
const selectionOf = (text = '') => text.split('\n').filter((line) => line !== '')

interface ServiceVersionFormProps {
  service: ServiceResource
  /** Who reads it, and what was built from it. */
  impact: ServiceImpactResource
  environment: string
}

/** Another selection as the next version of a service: its order, its versions, and whom it meets. */
export function ServiceVersionForm({ service, impact, environment }: ServiceVersionFormProps) {
  const router = useRouter()
  const path = `/api/v1/feature-services/${encodeURIComponent(service.name)}`
  const page = `/services/${encodeURIComponent(service.name)}`
  const edit = useEdit<ServiceResource, ServiceVersionResource>({
    draft: `version.service.${service.name}`,
    everywhere: true,
    read: service,
    path,
    valuesOf,
    etagOf: ({ etag }) => etag,
    save: async (values, etag) => {
      const body = {
        features: selectionOf(values.features),
        full_feature_names: values.full_feature_names === 'yes',
        environment,
        based_on: etag,
      }
      return (await request<ServiceVersionResource>(`${path}/versions`, { method: 'POST', body })).data
    },
    onSaved: () => {
      router.push(toRoute(page))
      router.refresh()
    },
  })
  const faults = faultsOf(edit.error, isField)
  const selected = selectionOf(edit.values.features)
  const waitsFor =
    service.state === 'archived'
      ? 'It is archived: restore it first.'
      : selected.length === 0
        ? 'At least one feature is needed.'
        : null
  return (
    <EditFrame
      edit={edit}
      page={page}
      faults={faults}
      labels={labels}
      wordOf={wordOf}
      waitsFor={waitsFor}
      action="Save as a new version"
      preview={
        <SelectionPreview
          service={service.name}
          next={Number(edit.base.version) + 1}
          before={selectionOf(edit.base.features)}
          after={selected}
          isTouched={edit.isTouched}
          impact={impact}
        />
      }
    >
      <FeaturePicker
        selected={selected}
        onChange={(features) => edit.change({ features: features.join('\n') })}
        environment={environment}
        errors={faults.fields}
      />
      <Checkbox
        label="Full names in the answer"
        hint="group__feature, where two groups have a feature of the same name."
        checked={edit.values.full_feature_names === 'yes'}
        onChange={(event) => edit.change({ full_feature_names: event.target.checked ? 'yes' : 'no' })}
      />
    </EditFrame>
  )
}
