import { PagePreview } from '@/components/asset-form/asset-form'
import { saidFacts } from '@/components/rules/said-facts'
import type { GroupResource } from '@/lib/registry/operations'
import { saidOfValues } from './group-values'
import type { Values } from './merge'
import { WillDiffer } from './will-differ'

interface EditPreviewProps {
  group: GroupResource
  values: Values
  base: Values
  wordOf: (field: string) => string
}

/** The page as it will be, and which fields will differ. */
export function EditPreview({ group, values, base, wordOf }: EditPreviewProps) {
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
      <WillDiffer values={values} base={base} wordOf={wordOf} />
    </PagePreview>
  )
}
