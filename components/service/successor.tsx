'use client'
import { useQuery } from '@tanstack/react-query'
import { Button } from '@/components/ui/button'
import { request } from '@/lib/api-client'
import type { GroupResource } from '@/lib/registry/operations'
import { parseFeatureReference, parseGroupReference } from '@/lib/registry/plain'

type Definition = Pick<GroupResource, 'version' | 'state' | 'features'>

/** A group as it is served, or one version of it; asked once for all lines that stand on it. */
export function useDefinition<T extends Definition>(
  group: string,
  version: number | null,
  environment: string,
) {
  const path = `/api/v1/feature-groups/${encodeURIComponent(group)}`
  return useQuery({
    queryKey: ['definition', group, version, environment],
    queryFn: async ({ signal }) =>
      (
        await request<T>(version === null ? path : `${path}/versions/${version}`, {
          query: { environment },
          signal,
        })
      ).data,
    enabled: group !== '',
    staleTime: 60_000,
    retry: false,
  })
}

export function referenceOf(text: string) {
  const feature = parseFeatureReference(text)
  return feature ?? { ...(parseGroupReference(text) ?? { group: '', version: null }), feature: '' }
}

interface SuccessorProps {
  /** `group` or `group@n`. */
  of: string
  feature: string
  environment: string
  isSelected: (reference: string) => boolean
  onUse: (reference: string) => void
}

/** The same feature where it goes on, to be taken with one press; or that there is none of its name. */
export function Successor({ of, feature, environment, isSelected, onUse }: SuccessorProps) {
  const { group, version } = referenceOf(of)
  const { data, isError } = useDefinition<Definition>(group, version, environment)
  if (isError) return <span className="text-12 text-muted">{of} takes its place; you may not see it.</span>
  if (!data) return null
  const there = data.features.find((one) => one.name === feature && one.role === 'feature')
  const reference = `${group}@${data.version}:${feature}`
  if (data.state !== 'active' || !there)
    return (
      <span className="text-12 text-muted">
        {of} takes its place, {there ? `and is ${data.state.replace('_', ' ')} itself` : `without ${feature}`}
        .
      </span>
    )
  return isSelected(reference) ? (
    <span className="text-12 text-muted">{reference} is selected.</span>
  ) : (
    <Button size="small" onClick={() => onUse(reference)}>
      Use {reference} instead
    </Button>
  )
}
