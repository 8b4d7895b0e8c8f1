import type { Metadata } from 'next'
import { Suspense } from 'react'
import { BasketPage } from '@/components/basket/basket-page'
import { NotReady } from '@/components/layout/not-ready'
import { Skeleton } from '@/components/ui/skeleton'
import { load } from '@/lib/http/page-context'
import { Correlation, methodOf } from './correlation'
import { loadBasket } from './load-basket'

export const metadata: Metadata = { title: 'Basket' }

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function BasketRoute({ searchParams }: Props) {
  const { features, environment, method } = await searchParams
  const loaded = await load((ctx) => loadBasket(ctx, features), environment)
  if (loaded.state !== 'ready') return <NotReady loaded={loaded} what="The basket" />
  const { isLinked } = loaded.value
  const references = loaded.value.features.map(({ reference }) => reference)
  return (
    <BasketPage
      {...loaded.value}
      correlation={
        references.length > 1 ? (
          <Suspense key={references.join()} fallback={<Skeleton className="h-64" />}>
            <Correlation
              references={references}
              isLinked={isLinked}
              environment={loaded.value.environment}
              method={methodOf(method)}
            />
          </Suspense>
        ) : null
      }
    />
  )
}
