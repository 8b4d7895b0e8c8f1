import type { Metadata } from 'next'
import { HomeHeader } from '@/components/home/home-header'
import { HomePage } from '@/components/home/home-page'
import { NotReady } from '@/components/layout/not-ready'
import { load } from '@/lib/http/page-context'
import { loadHome } from './load-home'

export const metadata: Metadata = { title: 'Home' }

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function Home({ searchParams }: Props) {
  const { environment } = await searchParams
  const loaded = await load(loadHome, environment)
  if (loaded.state === 'ready') return <HomePage {...loaded.value} />
  return (
    <>
      <HomeHeader />
      <NotReady loaded={loaded} what="Home" />
    </>
  )
}
