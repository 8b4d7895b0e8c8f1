import { PagePreview } from '@/components/asset-form/asset-form'
import { saidFacts } from '@/components/rules/said-facts'
import type { GroupResource } from '@/lib/registry/operations'
import { saidOfValues } from './group-values'
import type { Values } from './merge'

interface EditPreviewProps {
  group: GroupResource
  values: Values
  base: Values
  wordOf: (field: string) => string
}

/** The page as it will be, and which fields will differ. */
export function EditPreview({ group, values, base, wordOf }: EditPreviewProps) {
  const fields = [...new Set([...Object.keys(base), ...Object.keys(values)])]
  const changed = fields.filter((field) => (values[field] ?? '') !== (base[field] ?? ''))
  return (
    <PagePreview
      kind="group"
      name={group.name}
      description={values.description ?? ''}
      facts={[
        { term: 'Owner', value: values.owner_team ?? '' },
        { term: 'Classification', value: values.classification ?? '' },
        { term: 'Tags', value: values.tags || 'none' },
        { term: 'Expected every', value: values.cadence || 'no promise' },
        ...saidFacts(saidOfValues(values)),
      ]}
    >
      <p className="text-12 text-muted">
        {changed.length === 0 ? 'Nothing differs yet.' : `Will differ: ${changed.map(wordOf).join(', ')}.`}
      </p>
    </PagePreview>
  )
}
