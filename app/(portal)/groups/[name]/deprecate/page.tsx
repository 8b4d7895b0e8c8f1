import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { DeprecationPage } from '@/components/deprecate/deprecation-page'
import { ActHeader } from '@/components/layout/act-header'
import { NotReady } from '@/components/layout/not-ready'
import { load } from '@/lib/http/page-context'
import { loadDeprecation } from './load-deprecation'

interface Props {
  params: Promise<{ name: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export const metadata: Metadata = { title: 'Deprecate' }

export default async function DeprecatePage({ params, searchParams }: Props) {
  const [{ name }, { version, environment }] = await Promise.all([params, searchParams])
  const loaded = await load((ctx) => loadDeprecation(ctx, name, version), environment)
  if (loaded.state === 'missing') notFound()
  const asked = typeof version === 'string' ? `@${version}` : ''
  const full = loaded.state === 'ready' ? `${name}@${loaded.value.version.version}` : `${name}${asked}`
  const isOut = loaded.state === 'ready' && loaded.value.version.state === 'deprecated'
  return (
    <>
      <ActHeader
        act="Deprecate"
        done="deprecated"
        isDone={isOut}
        name={name}
        href={`/groups/${encodeURIComponent(name)}`}
        fullName={full}
      />
      {loaded.state === 'ready' ? (
        <DeprecationPage {...loaded.value} />
      ) : (
        <NotReady loaded={loaded} what="The form" />
      )}
    </>
  )
}
