'use client'
import { useQuery } from '@tanstack/react-query'
import { whoIsHit } from '@/components/deprecate/consequences'
import { Callout } from '@/components/ui/callout'
import { request } from '@/lib/api-client'
import type { ImpactResource } from '@/lib/registry/operations'

const list = new Intl.ListFormat('en')

interface ClassificationImpactProps {
  group: string
  /** What is chosen, another one than what stands. */
  classification: string
}

/** Whom another classification would hit, said before it is saved. */
export function ClassificationImpact({ group, classification }: ClassificationImpactProps) {
  const path = `/api/v1/feature-groups/${encodeURIComponent(group)}/impact`
  const { data, error } = useQuery({
    queryKey: ['classification-impact', group, classification],
    queryFn: async ({ signal }) => {
      const query = { change: 'change_classification', classification }
      return (await request<ImpactResource>(path, { query, signal })).data
    },
    retry: false,
  })
  if (error) return <Callout tone="warn">Who would be hit is not known: {error.message}</Callout>
  if (!data) return null
  const hit = whoIsHit(data)
  const { loses_access: losing, effect } = data
  return (
    <Callout tone={losing.length > 0 ? 'warn' : 'note'} title={`Classified ${classification}`}>
      {effect} {hit === null ? 'Nobody uses it now.' : `In use: ${hit}.`}
      {losing.length > 0
        ? ` With the rights they have, these would be refused: ${list.format(losing)}.`
        : null}
    </Callout>
  )
}
