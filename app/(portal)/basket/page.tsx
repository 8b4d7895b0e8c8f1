import type { Metadata } from 'next'
import { BasketPage } from '@/components/basket/basket-page'
import { NotReady } from '@/components/layout/not-ready'
import { load } from '@/lib/http/page-context'
import { loadBasket } from './load-basket'

export const metadata: Metadata = { title: 'Basket' }

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function BasketRoute({ searchParams }: Props) {
  const { features, environment } = await searchParams
  const loaded = await load((ctx) => loadBasket(ctx, features), environment)
  if (loaded.state !== 'ready') return <NotReady loaded={loaded} what="The basket" />
  return <BasketPage {...loaded.value} correlation={null} />
}
