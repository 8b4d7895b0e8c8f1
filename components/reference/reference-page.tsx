import Link from 'next/link'
import type { ReactNode } from 'react'
import { plural } from '@/components/ui/format-number'
import { toRoute } from '@/components/ui/route'
import { Conventions } from './conventions'
import { OperationSection } from './operation-section'
import type { Reference } from './reference'
import { ReferenceNav, tagId, tagTitle } from './reference-nav'

function Header({ version, count }: { version: string; count: number }) {
  return (
    <header className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 border-b px-6 py-3 max-md:px-4">
      <p className="font-title text-15">
        <Link href={toRoute('/')} className="font-medium hover:underline">
          Almanac
        </Link>{' '}
        <span className="num text-muted">{version}</span>
      </p>
      <ul className="flex flex-wrap gap-x-5">
        <li className="text-muted">{plural(count, 'operation')}</li>
        <li>
          <Link className="link" href={toRoute('/docs/errors')}>
            Problem types
          </Link>
        </li>
        <li>
          <a className="link" href="/api/openapi.json">
            OpenAPI document
          </a>
        </li>
      </ul>
    </header>
  )
}

/** The whole interface on one page, so that the browser's own search finds everything. */
export function ReferencePage({ reference, foot }: { reference: Reference; foot: ReactNode }) {
  const { version, tags } = reference
  const count = tags.reduce((total, { operations }) => total + operations.length, 0)
  return (
    <>
      <Header version={version} count={count} />
      <div className="flex gap-8 px-6 max-lg:flex-col max-lg:gap-0 max-md:px-4">
        <ReferenceNav tags={tags} />
        <main className="min-w-0 flex-1 py-6">
          <h1 className="mb-4 font-medium font-title text-28">API reference</h1>
          <Conventions />
          {tags.map(({ name, operations }) => (
            <section key={name} id={tagId(name)} aria-label={tagTitle(name)} className="mt-10 scroll-mt-4">
              <h2 className="pb-2 font-medium font-title text-20">{tagTitle(name)}</h2>
              {operations.map((operation) => (
                <OperationSection key={operation.id} operation={operation} />
              ))}
            </section>
          ))}
          {foot}
        </main>
      </div>
    </>
  )
}
