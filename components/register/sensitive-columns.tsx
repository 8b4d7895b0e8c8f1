import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import type { InferenceResource } from '@/lib/catalog/operations'
import type { Definition } from './definition'

interface SensitiveColumnsProps {
  inferred: InferenceResource
  definition: Definition
  change: (part: Partial<Definition>) => void
}

const said = (columns: InferenceResource['columns']) =>
  columns.map(({ name, sensitive }) => `${name} (${sensitive?.kind}: ${sensitive?.reason})`).join('; ')

/** What looks sensitive, with where a person decides: features in the grid, keys by the class of the group. */
export function SensitiveColumns({ inferred, definition, change }: SensitiveColumnsProps) {
  const sensitive = inferred.columns.filter((column) => column.sensitive)
  const sourcesOfFeatures = new Set(definition.features.map(({ cells }) => cells.source))
  const sourcesOfKeys = new Set(definition.keys.map(({ source }) => source))
  const features = sensitive.filter(({ column }) => sourcesOfFeatures.has(column))
  const keys = sensitive.filter(({ column }) => sourcesOfKeys.has(column))
  const isOpen = definition.classification === 'public' || definition.classification === 'internal'
  return (
    <>
      {features.length > 0 ? (
        <Callout tone="warn" title="These features look sensitive">
          {said(features)}. They are proposed as confidential; change the classification in the grid if that
          is wrong.
        </Callout>
      ) : null}
      {keys.length > 0 ? (
        <Callout
          tone="warn"
          title={keys.length > 1 ? 'These keys look sensitive' : 'This key looks sensitive'}
          action={
            isOpen ? (
              <Button size="small" onClick={() => change({ classification: 'confidential' })}>
                Make the group confidential
              </Button>
            ) : null
          }
        >
          {said(keys)}. A key has the classification of its group, which is {definition.classification}
          {isOpen ? ': whoever may read the group sees it.' : '.'}
        </Callout>
      ) : null}
    </>
  )
}
