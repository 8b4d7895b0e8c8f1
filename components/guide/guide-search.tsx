import Link from 'next/link'
import { plural } from '@/components/ui/format-number'
import { toRoute } from '@/components/ui/route'
import type { GuidePage } from './chapters'
import { searchGuide } from './guide'
import { GuideFrame } from './guide-frame'

/** What the guide says about some words. */
export function GuideSearch({ pages, query }: { pages: readonly GuidePage[]; query: string }) {
  const hits = searchGuide(pages, query)
  return (
    <GuideFrame pages={pages} slug={null} query={query}>
      <main className="min-w-0 flex-1 py-6">
        <h1 className="mb-4 font-medium font-title text-28">Search the guide</h1>
        <p className="mb-4 text-muted">
          {query.trim() === ''
            ? 'Type a word above.'
            : hits.length === 0
              ? `Nothing in the guide has all of “${query}”. Fewer words find more.`
              : `${plural(hits.length, 'part')} for “${query}”.`}
        </p>
        <ul className="max-w-[68ch]">
          {hits.map(({ page, section, excerpt }) => (
            <li key={`${page.slug} ${section.id}`} className="border-t py-3">
              <Link
                className="link font-medium"
                href={toRoute(`/docs/${page.slug}${section.id ? `#${section.id}` : ''}`)}
              >
                {section.id ? `${page.title}: ${section.title}` : page.title}
              </Link>
              <p className="text-muted [overflow-wrap:anywhere]">{excerpt}</p>
            </li>
          ))}
        </ul>
      </main>
    </GuideFrame>
  )
}
