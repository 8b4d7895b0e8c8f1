'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { assetHref } from '@/components/catalog/asset-href'
import { Name } from '@/components/ui/name'
import { toRoute } from '@/components/ui/route'
import { request } from '@/lib/api-client'
import type { SearchResource } from '@/lib/catalog/operations'
import { useSettled } from './use-settled'

type Hit = SearchResource['data'][number]

const shortestText = 3
const shownHits = 3

async function groupsLike(q: string, signal: AbortSignal): Promise<Hit[]> {
  const query = { q, kind: 'group', limit: shownHits }
  const { data } = await request<SearchResource>('/api/v1/search', { query, signal })
  // A guess at what might have been meant is no likeness.
  return data.data.filter(({ match }) => match !== 'misspelling' && match !== 'none')
}

interface SimilarGroupsProps {
  text: string
  /** Of the group that is being registered. */
  entity: string
}

/** What exists already under a name like the one being typed; nothing while there is no such thing. */
export function SimilarGroups({ text, entity }: SimilarGroupsProps) {
  const q = useSettled(text.trim())
  const found = useQuery({
    queryKey: ['similar', 'group', q],
    queryFn: ({ signal }) => groupsLike(q, signal),
    enabled: q.length >= shortestText,
    placeholderData: (before) => before,
    staleTime: 60_000,
    // The form works without this list.
    retry: false,
  })
  const hits = q.length < shortestText ? [] : (found.data ?? [])
  if (hits.length === 0) return null
  return (
    <ul aria-label="Similar groups" className="flex flex-col gap-0.5 text-12 text-muted">
      {hits.map((hit) => (
        <li key={hit.name}>
          Similar: <Name name={hit.name} href={assetHref(hit.kind, hit.name)} />,{' '}
          {hit.entity !== null && hit.entity === entity ? 'same entity, ' : ''}
          {hit.type ? `${hit.type}, ` : ''}owned by {hit.team}
          {hit.lifecycle === 'deprecated' ? ', deprecated' : ''} ({hit.why}).{' '}
          <Link className="link" href={toRoute(assetHref(hit.kind, hit.name))}>
            Use that instead
          </Link>
        </li>
      ))}
    </ul>
  )
}
