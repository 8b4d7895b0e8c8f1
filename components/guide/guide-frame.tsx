import Link from 'next/link'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { toRoute } from '@/components/ui/route'
import { chapters, type GuidePage } from './chapters'

interface GuideFrameProps {
  pages: readonly GuidePage[]
  /** The page that is open. */
  slug: string | null
  query?: string
  children: ReactNode
}

function Header({ query }: { query: string }) {
  return (
    <header className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b px-6 py-3 max-md:px-4">
      <p className="font-title text-15">
        <Link href={toRoute('/')} className="font-medium hover:underline">
          Almanac
        </Link>{' '}
        <Link href={toRoute('/docs')} className="text-muted hover:underline">
          Guide
        </Link>
      </p>
      <search className="max-md:w-full">
        <form action="/docs/search" className="flex gap-2">
          <Input
            type="search"
            name="q"
            defaultValue={query}
            maxLength={100}
            aria-label="Search the guide"
            placeholder="Search the guide"
            className="md:w-64"
          />
          <Button type="submit">Search</Button>
        </form>
      </search>
    </header>
  )
}

const item =
  'block py-1 text-muted hover:text-ink hover:underline aria-[current=page]:font-medium aria-[current=page]:text-ink max-md:flex max-md:min-h-11 max-md:items-center'

function Contents({ pages, slug }: Pick<GuideFrameProps, 'pages' | 'slug'>) {
  return (
    <>
      {chapters.map(({ title }) => (
        <section key={title} className="mb-4">
          <p className="mb-1 font-medium">{title}</p>
          <ul>
            {pages
              .filter(({ chapter }) => chapter === title)
              .map((page) => (
                <li key={page.slug}>
                  <Link
                    href={toRoute(`/docs/${page.slug}`)}
                    className={item}
                    aria-current={page.slug === slug ? 'page' : undefined}
                  >
                    {page.title}
                  </Link>
                </li>
              ))}
          </ul>
        </section>
      ))}
      <section>
        <p className="mb-1 font-medium">Reference</p>
        <ul>
          <li>
            <Link href={toRoute('/docs/api')} className={item}>
              HTTP interface
            </Link>
          </li>
          <li>
            <Link href={toRoute('/docs/errors')} className={item}>
              Problem types
            </Link>
          </li>
        </ul>
      </section>
    </>
  )
}

/** Every page of the guide: search on top, all pages at the left, behind one line on a phone. */
export function GuideFrame({ pages, slug, query = '', children }: GuideFrameProps) {
  return (
    <>
      <Header query={query} />
      <div className="flex gap-10 px-6 max-lg:flex-col max-lg:gap-0 max-md:px-4">
        <nav
          aria-label="Guide"
          className="sticky top-0 h-dvh w-52 shrink-0 overflow-y-auto border-r py-6 pr-4 max-lg:hidden"
        >
          <Contents pages={pages} slug={slug} />
        </nav>
        <details className="border-b lg:hidden">
          <summary className="flex h-11 items-center font-medium">All pages of the guide</summary>
          <nav aria-label="Guide">
            <Contents pages={pages} slug={slug} />
          </nav>
        </details>
        {children}
      </div>
    </>
  )
}
