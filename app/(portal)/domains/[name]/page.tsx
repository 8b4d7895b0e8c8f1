import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { DomainPage } from '@/components/domain/domain-page'
import { NotReady } from '@/components/layout/not-ready'
import { decide } from '@/lib/authz'
import { browse } from '@/lib/catalog'
import { browseQuery } from '@/lib/catalog/operations'
import { load } from '@/lib/http/page-context'
import { domainFactsOf, getDomain } from '@/lib/registry'
import { loadHub } from '../../catalog/load-hub'

interface Props {
  params: Promise<{ name: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).name }
}

const shownEntities = 12

export default async function DomainRoute({ params, searchParams }: Props) {
  const { name } = await params
  const { environment, cursor } = await searchParams
  const loaded = await load(async (ctx) => {
    const domain = await getDomain(ctx, name)
    const [hub, entities, facts] = await Promise.all([
      loadHub(ctx, { domain: name }, cursor),
      browse(ctx, browseQuery.parse({ domain: name, limit: shownEntities })),
      domainFactsOf(ctx, name),
    ])
    return { ...hub, domain, entities, mayEdit: decide(ctx, 'group:update', facts).allowed }
  }, environment)
  if (loaded.state === 'missing') notFound()
  if (loaded.state !== 'ready') return <NotReady loaded={loaded} what="The domain" />
  return <DomainPage {...loaded.value} />
}
