'use client'
import { CommandPalette } from '@/components/layout/command-palette'
import type { OnSearch, SearchHit } from '@/components/layout/search-types'
import { request } from '@/lib/api-client'
import type { SearchResource } from '@/lib/catalog/operations'
import { assetHref } from './asset-href'
import { kindPlural } from './kind-words'

type Hit = SearchResource['data'][number]

const toHit = (hit: Hit): SearchHit => ({
  id: `${hit.kind}/${hit.name}`,
  href: assetHref(hit.kind, hit.name),
  name: hit.name,
  kind: hit.kind,
  meaning: hit.description,
  why: hit.why,
  ...(hit.lifecycle === 'deprecated' ? { mark: 'deprecated' } : {}),
})

const search: OnSearch = async (query, signal) => {
  const { data } = await request<SearchResource>('/api/v1/search', { query: { q: query, limit: 12 }, signal })
  const kinds = [...new Set(data.data.map((hit) => hit.kind))]
  return kinds.map((kind) => ({
    label: kindPlural[kind],
    hits: data.data.filter((hit) => hit.kind === kind).map(toHit),
  }))
}

/** The search box of the top bar, over everything the reader may see. */
export const SearchPalette = () => <CommandPalette onSearch={search} />
