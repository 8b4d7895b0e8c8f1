'use client'
import { EditAssetForm, type EditAssetProps, type EditableAsset } from '@/components/edit/edit-asset-form'
import type { EditField } from '@/components/edit/edit-fields'
import type { SourceResource } from '@/lib/registry/operations'
import { absentConfig, configFields } from './source-config'
import { configValues, keptMembers, kindOfSource, sourceBody, valuesOfSource } from './source-values'

const configEdits = (source: SourceResource): EditField[] =>
  configFields[kindOfSource(source)].map(({ name, options, list: _, ...field }) => ({
    ...field,
    name: `config.${name}`,
    control: options ? 'choice' : 'mono',
    ...(options ? { options } : {}),
  }))

const sourceEdit: EditableAsset<SourceResource> = {
  kind: 'source',
  path: '/api/v1/sources',
  page: '/sources',
  fieldsOf: (source) => [
    { name: 'description', label: 'Meaning', control: 'area', optional: true },
    ...configEdits(source),
    {
      name: 'freshness',
      label: 'New data is promised every',
      control: 'mono',
      optional: true,
      hint: 'ISO 8601, such as PT1H or P1D.',
    },
    { name: 'owner_team', label: 'Owner', control: 'team' },
  ],
  valuesOf: valuesOfSource,
  bodyOf: (values, source) => sourceBody(values, kindOfSource(source)),
  waitsFor: (values, source) => {
    const absent = absentConfig(kindOfSource(source), configValues(values))
    return absent.length > 0 ? `Still needed: ${absent.join(', ')}.` : null
  },
  below: (values) => {
    const kept = keptMembers(values)
    return kept.length === 0 ? null : (
      <p className="text-12 text-muted">Also configured, and kept as it is: {kept.join(', ')}.</p>
    )
  },
}

/** Changes what is said of a source and where its data lies; its kind stays. */
export const EditSourceForm = (props: EditAssetProps<SourceResource>) => (
  <EditAssetForm of={sourceEdit} {...props} />
)
