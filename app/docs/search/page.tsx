import type { Metadata } from 'next'
import { GuideSearch } from '@/components/guide/guide-search'
import { loadGuide } from '../load-guide'

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export const metadata: Metadata = { title: 'Search the guide' }

export default async function GuideSearchPage({ searchParams }: Props) {
  const { q } = await searchParams
  return <GuideSearch pages={await loadGuide()} query={typeof q === 'string' ? q.slice(0, 100) : ''} />
}
