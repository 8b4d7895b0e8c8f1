import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { DomainPage } from '@/components/domain/domain-page'
import { NotReady } from '@/components/layout/not-ready'
import { decide } from '@/lib/authz'
import { load } from '@/lib/http/page-context'
import { domainFactsOf, getDomain } from '@/lib/registry'

interface Props {
  params: Promise<{ name: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).name }
}

export default async function DomainRoute({ params }: Props) {
  const { name } = await params
  const loaded = await load(async (ctx) => {
    const { allowed } = decide(ctx, 'group:update', await domainFactsOf(ctx, name))
    return { domain: await getDomain(ctx, name), mayEdit: allowed }
  })
  if (loaded.state === 'missing') notFound()
  if (loaded.state !== 'ready') return <NotReady loaded={loaded} what="The domain" />
  return <DomainPage {...loaded.value} />
}
