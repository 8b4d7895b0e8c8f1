import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ExpectedColumns } from '@/components/ingest/expected-columns'
import { IngestForm } from '@/components/ingest/ingest-form'
import { NotReady } from '@/components/layout/not-ready'
import { PageHeader } from '@/components/layout/page-header'
import { load } from '@/lib/http/page-context'
import { writeTarget } from './write-target'

export const metadata: Metadata = { title: 'Ingest rows' }

interface Props {
  params: Promise<{ name: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function IngestPage({ params, searchParams }: Props) {
  const { name } = await params
  const { environment, version } = await searchParams
  const loaded = await load((ctx) => writeTarget(ctx, name, version), environment)
  if (loaded.state === 'missing') notFound()
  return (
    <>
      <PageHeader
        title={loaded.state === 'ready' ? `Ingest rows into ${name}@${loaded.value.version}` : 'Ingest rows'}
        breadcrumbs={{
          crumbs: [
            { label: 'Catalogue', href: '/catalog' },
            { label: name, href: `/groups/${encodeURIComponent(name)}` },
          ],
          fullName: name,
        }}
      />
      {loaded.state === 'ready' ? (
        <div className="grid gap-8 lg:grid-cols-[7fr_5fr]">
          <IngestForm
            group={name}
            version={loaded.value.version}
            environment={loaded.value.environment}
            declared={loaded.value.columns.map((column) => column.name)}
          />
          <ExpectedColumns columns={loaded.value.columns} />
        </div>
      ) : (
        <NotReady loaded={loaded} what="The form" />
      )}
    </>
  )
}
