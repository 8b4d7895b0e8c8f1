'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type SimilarFeature, SimilarLine } from '@/components/catalog/similar-line'
import { Button } from '@/components/ui/button'
import { type ProblemError, request } from '@/lib/api-client'
import type { InferenceResource, ReuseResource, SimilarResource } from '@/lib/catalog/operations'
import { quantilesOfDeciles } from '@/lib/core/deciles'
import { useSettled } from './use-settled'

const shortestText = 3
const shownFeatures = 3

type Statistics = InferenceResource['columns'][number]['statistics']

/** How the values of a column of the dropped file lie, in the words of the comparison. */
export function valuesOf(statistics: Statistics | undefined, rows: number) {
  const values = rows - (statistics?.nulls ?? rows)
  if (!statistics || values <= 0) return null
  const deciles = statistics.quantiles?.slice(1, -1).map(({ value }) => value)
  const quantiles = quantilesOfDeciles(deciles)
  return {
    null_share: statistics.nulls / rows,
    ...(quantiles
      ? { quantiles }
      : {
          top: statistics.top
            .slice(0, 10)
            .map(({ value, count }) => [String(value).slice(0, 500), count / values]),
        }),
    ...(statistics.trues === null ? {} : { true_share: statistics.trues / values }),
  }
}

interface SimilarFeaturesProps {
  name: string
  description: string
  type: string
  entity: string
  statistics: ReturnType<typeof valuesOf>
  /** Of the environment that the form registers in. */
  environment: string
  /** Of a row that nobody types in: only what probably means the same. */
  onlySure: boolean
  /** Takes the feature that is there; the row goes. */
  onReuse: (reuse: ReuseResource) => void
}

async function similarTo(body: string, signal: AbortSignal): Promise<SimilarFeature[]> {
  const raw = { body, contentType: 'application/json' }
  const { data } = await request<SimilarResource>('/api/v1/features/similar', { method: 'POST', raw, signal })
  return data.data
}

/** Under a feature that is being written: those that are there already and may mean the same. */
export function SimilarFeatures({ onReuse, onlySure, ...written }: SimilarFeaturesProps) {
  const name = written.name.trim()
  const entity = written.entity || null
  const asked = useSettled(JSON.stringify({ ...written, name, entity, limit: shownFeatures }))
  const enabled = name.length >= shortestText
  const found = useQuery({
    queryKey: ['similar', asked],
    queryFn: ({ signal }) => similarTo(asked, signal),
    enabled,
    placeholderData: (before) => before,
    staleTime: 60_000,
    // The form works without this list.
    retry: false,
  })
  const reuse = useMutation<ReuseResource, ProblemError, string>({
    mutationFn: async (feature) => {
      const body = { feature, instead_of: name }
      return (await request<ReuseResource>('/api/v1/features/reuses', { method: 'POST', body })).data
    },
    onSuccess: onReuse,
  })
  const features = (enabled ? (found.data ?? []) : []).filter(({ same_meaning }) => same_meaning || !onlySure)
  if (features.length === 0) return null
  return (
    <ul aria-label={`Features like ${name}`} className="flex flex-col gap-2 text-12">
      {features.map((feature) => (
        <li key={feature.feature} className="flex flex-col gap-1">
          <SimilarLine
            feature={feature}
            entity={written.entity}
            action={
              <Button
                size="small"
                pending={reuse.isPending && reuse.variables === feature.feature}
                onClick={() => reuse.mutate(feature.feature)}
              >
                Use that instead
              </Button>
            }
          />
        </li>
      ))}
      {reuse.error ? (
        <li role="alert" className="text-fail">
          {reuse.error.problem.detail}
        </li>
      ) : null}
    </ul>
  )
}
