import Link from 'next/link'
import type { ReactNode } from 'react'
import { Markdown } from '@/components/markdown/markdown'
import { toRoute } from '@/components/ui/route'
import type { GuidePage } from './chapters'
import { guideHref, sectionsOf } from './guide'
import { GuideFrame } from './guide-frame'

interface GuidePageProps {
  pages: readonly GuidePage[]
  page: GuidePage
}

function OnThisPage({ page }: { page: GuidePage }) {
  const parts = sectionsOf(page).filter(({ level }) => level === 2)
  if (parts.length < 2) return null
  return (
    <nav
      aria-label="On this page"
      className="sticky top-0 h-dvh w-48 shrink-0 overflow-y-auto py-6 max-xl:hidden"
    >
      <p className="mb-1 font-medium">On this page</p>
      <ul>
        {parts.map(({ id, title }) => (
          <li key={id}>
            <a href={`#${id}`} className="block py-0.5 text-12 text-muted hover:text-ink hover:underline">
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Neighbours({ pages, page }: GuidePageProps) {
  const at = pages.findIndex(({ slug }) => slug === page.slug)
  const [before, after] = [pages[at - 1], pages[at + 1]]
  const link = (to: GuidePage, word: string) => (
    <Link href={toRoute(`/docs/${to.slug}`)} className="link flex items-center max-md:min-h-11">
      {word}: {to.title}
    </Link>
  )
  return (
    <nav
      aria-label="Page before and after"
      className="mt-10 flex max-w-[68ch] flex-wrap justify-between gap-x-6 border-t pt-3"
    >
      {before ? link(before, 'Before') : <span />}
      {after ? link(after, 'Next') : null}
    </nav>
  )
}

/** One page of the guide; `foot` stands under its neighbours. */
export function GuidePageView({ pages, page, foot }: GuidePageProps & { foot: ReactNode }) {
  return (
    <GuideFrame pages={pages} slug={page.slug}>
      <main className="min-w-0 flex-1 py-6">
        <h1 className="mb-4 font-medium font-title text-28">{page.title}</h1>
        <Markdown text={page.text} level={1} resolve={guideHref} />
        <Neighbours pages={pages} page={page} />
        {foot}
      </main>
      <OnThisPage page={page} />
    </GuideFrame>
  )
}
