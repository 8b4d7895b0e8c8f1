import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { TermPage } from '@/components/glossary/term-page'
import { NotReady } from '@/components/layout/not-ready'
import { decide } from '@/lib/authz'
import { getTerm, termFactsOf } from '@/lib/glossary'
import { load } from '@/lib/http/page-context'

interface Props {
  params: Promise<{ name: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) }
}

export default async function TermRoute({ params }: Props) {
  const name = decodeURIComponent((await params).name)
  const loaded = await load(async (ctx) => {
    const facts = await termFactsOf(ctx, name)
    return {
      term: await getTerm(ctx, name),
      mayEdit: decide(ctx, 'group:update', facts).allowed,
      mayRemove: decide(ctx, 'group:delete', facts).allowed,
    }
  })
  if (loaded.state === 'missing') notFound()
  if (loaded.state !== 'ready') return <NotReady loaded={loaded} what="The term" />
  return <TermPage {...loaded.value} />
}
