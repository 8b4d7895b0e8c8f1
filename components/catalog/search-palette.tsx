'use client'
import { usePathname, useSearchParams } from 'next/navigation'
import { useCallback, useEffect } from 'react'
import { CommandPalette } from '@/components/layout/command-palette'
import type { SearchGroup, SearchHit } from '@/components/layout/search-types'
import { request } from '@/lib/api-client'
import type { SearchResource } from '@/lib/catalog/operations'
import { assetHref } from './asset-href'
import { kindPlural } from './kind-words'
import { type PalettePlaces, placesFor } from './palette-places'
import { assetOfPath, readRecent, rememberRecent } from './recent-assets'

type Hit = SearchResource['data'][number]

const toHit = (hit: Hit): SearchHit => ({
  id: `${hit.kind}/${hit.name}`,
  href: assetHref(hit.kind, hit.name),
  name: hit.name,
  kind: hit.kind,
  meaning: hit.description,
  marks: { name: hit.highlight.name, meaning: hit.highlight.description },
  why: hit.why,
  ...(hit.lifecycle === 'deprecated' ? { mark: 'deprecated' } : {}),
})

async function assetsFor(query: string, signal: AbortSignal): Promise<SearchGroup[]> {
  const { data } = await request<SearchResource>('/api/v1/search', {
    query: { q: query, limit: 12, facets: 'false' },
    signal,
  })
  const kinds = [...new Set(data.data.map((hit) => hit.kind))]
  return kinds.map((kind) => ({
    label: kindPlural[kind],
    hits: data.data.filter((hit) => hit.kind === kind).map(toHit),
  }))
}

const recentOf = (person: string): SearchGroup => ({
  label: 'Opened last',
  hits: readRecent(person).map(({ kind, name }) => ({
    id: `${kind}/${name}`,
    href: assetHref(kind, name),
    name,
    kind,
  })),
})

/** The part of the guide about this screen, and others by what is typed; it is fetched with the first search. */
async function helpGroup(query: string, pathname: string, tab: string | null): Promise<SearchGroup> {
  const { helpFor, helpLike } = await import('@/components/help/help')
  return {
    label: 'Guide',
    hits: helpLike(query, helpFor(pathname, tab)).map(({ href, label }) => ({
      id: `help/${href}`,
      href,
      name: `Help: ${label}`,
      isPlace: true,
    })),
  }
}

const lookMs = 1000

/** An asset whose page was looked at is offered again; a page that says "Not found" is none. */
function useRemembered(person: string) {
  const pathname = usePathname()
  useEffect(() => {
    const asset = assetOfPath(pathname)
    if (!asset) return
    const timer = setTimeout(() => {
      const title = document.querySelector('h1')?.textContent ?? ''
      if (title.includes(asset.name.split(':').at(-1) ?? asset.name)) rememberRecent(person, asset)
    }, lookMs)
    return () => clearTimeout(timer)
  }, [person, pathname])
}

interface SearchPaletteProps {
  /** Id of the reader: what they opened last is theirs. */
  person: string
  places: PalettePlaces
}

/** The search box of the top bar: everything that the reader may see, what they opened last, pages and acts. */
export function SearchPalette({ person, places }: SearchPaletteProps) {
  useRemembered(person)
  const pathname = usePathname()
  const tab = useSearchParams().get('tab')
  const search = useCallback(
    async (query: string, signal: AbortSignal) => {
      const help = helpGroup(query, pathname, tab)
      const found = query === '' ? [recentOf(person)] : await assetsFor(query, signal)
      return [...found, ...placesFor(query, places), await help].filter(({ hits }) => hits.length > 0)
    },
    [person, places, pathname, tab],
  )
  return <CommandPalette onSearch={search} />
}
