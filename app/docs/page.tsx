import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { GuidePageView } from '@/components/guide/guide-page'
import { HardFoot } from './hard-foot'
import { loadGuide } from './load-guide'

export const metadata: Metadata = { title: 'Guide' }

export default async function GuideStart() {
  const pages = await loadGuide()
  const [first] = pages
  if (!first) notFound()
  return <GuidePageView pages={pages} page={first} foot={<HardFoot path="/docs" />} />
}
