import type { Metadata } from 'next'
import { BuilderForm } from '@/components/dataset/builder/builder-form'
import { NotReady } from '@/components/layout/not-ready'
import { PageHeader } from '@/components/layout/page-header'
import { namePattern } from '@/lib/core/names'
import { builderChoices } from '@/lib/datasets'
import { load } from '@/lib/http/page-context'
import { beginning, loadNext } from './load-next'

export const metadata: Metadata = { title: 'Build a dataset' }

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function NewDatasetPage({ searchParams }: Props) {
  const { environment, name: asked, features, service } = await searchParams
  const name = typeof asked === 'string' && namePattern.test(asked) ? asked : ''
  const loaded = await load(async (ctx) => {
    const choices = await builderChoices(ctx)
    return {
      choices,
      environment: ctx.environment,
      name,
      next: await loadNext(ctx, name, choices),
      begins: beginning(choices, features, service),
    }
  }, environment)
  return (
    <>
      <PageHeader
        title="Build a dataset"
        breadcrumbs={{ crumbs: [{ label: 'Datasets', href: '/datasets' }] }}
        description="Features joined to rows as they were known at each row’s time. What comes out never changes."
      />
      {loaded.state === 'ready' ? (
        <BuilderForm {...loaded.value} />
      ) : (
        <NotReady loaded={loaded} what="The builder" />
      )}
    </>
  )
}
