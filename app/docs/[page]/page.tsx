import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { GuidePageView } from '@/components/guide/guide-page'
import { HardFoot } from '../hard-foot'
import { loadGuide } from '../load-guide'

interface Props {
  params: Promise<{ page: string }>
}

const found = async ({ params }: Props) => {
  const { page: slug } = await params
  const pages = await loadGuide()
  return { pages, page: pages.find((one) => one.slug === slug) }
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: (await found(props)).page?.title ?? 'Guide' }
}

export default async function GuidePage(props: Props) {
  const { pages, page } = await found(props)
  if (!page) notFound()
  return <GuidePageView pages={pages} page={page} foot={<HardFoot path={`/docs/${page.slug}`} />} />
}
