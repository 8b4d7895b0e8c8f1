import { Section } from '@/components/ui/section'
import { type SimilarFeature, SimilarLine } from './similar-line'

interface SimilarFeaturesProps {
  features: readonly SimilarFeature[]
  entity: string | null
}

/** What else may mean the same as the feature of the page. */
export function SimilarFeatures({ features, entity }: SimilarFeaturesProps) {
  return (
    <Section title="Similar features">
      {features.length === 0 ? (
        <p className="text-muted">No other feature that you may see is described like it.</p>
      ) : (
        <ul className="border-t text-12">
          {features.map((feature) => (
            <li key={feature.feature} className="flex flex-col gap-1 border-b py-2">
              <SimilarLine feature={feature} entity={entity} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
