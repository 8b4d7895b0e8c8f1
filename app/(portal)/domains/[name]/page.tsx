import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { DomainPage } from '@/components/domain/domain-page'
import { NotReady } from '@/components/layout/not-ready'
import { load } from '@/lib/http/page-context'
import { getDomain } from '@/lib/registry'

interface Props {
  params: Promise<{ name: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).name }
}

export default async function DomainRoute({ params }: Props) {
  const { name } = await params
  const loaded = await load((ctx) => getDomain(ctx, name))
  if (loaded.state === 'missing') notFound()
  if (loaded.state !== 'ready') return <NotReady loaded={loaded} what="The domain" />
  return <DomainPage domain={loaded.value} />
}
