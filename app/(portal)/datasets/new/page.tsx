import type { Metadata } from 'next'
import { BuilderForm } from '@/components/dataset/builder/builder-form'
import { NotReady } from '@/components/layout/not-ready'
import { PageHeader } from '@/components/layout/page-header'
import { namePattern } from '@/lib/core/names'
import { builderChoices } from '@/lib/datasets'
import { load } from '@/lib/http/page-context'

export const metadata: Metadata = { title: 'Build a dataset' }

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function NewDatasetPage({ searchParams }: Props) {
  const { environment, name } = await searchParams
  const loaded = await load(
    async (ctx) => ({
      choices: await builderChoices(ctx),
      environment: ctx.environment,
    }),
    environment,
  )
  return (
    <>
      <PageHeader
        title="Build a dataset"
        breadcrumbs={{ crumbs: [{ label: 'Datasets', href: '/datasets' }] }}
        description="Features joined to rows as they were known at each row’s time. What comes out never changes."
      />
      {loaded.state === 'ready' ? (
        <BuilderForm
          {...loaded.value}
          name={typeof name === 'string' && namePattern.test(name) ? name : ''}
        />
      ) : (
        <NotReady loaded={loaded} what="The builder" />
      )}
    </>
  )
}
