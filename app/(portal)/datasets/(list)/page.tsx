import type { Metadata } from 'next'
import { DatasetsTable } from '@/components/dataset/datasets-table'
import { NotReady } from '@/components/layout/not-ready'
import { PageHeader } from '@/components/layout/page-header'
import { ButtonLink } from '@/components/ui/button'
import { mayEver } from '@/lib/authz'
import { parseInput } from '@/lib/core/parse-input'
import { listTrainingDatasets } from '@/lib/datasets'
import { listDatasetsQuery } from '@/lib/datasets/operations'
import { load, pageContext } from '@/lib/http/page-context'

export const metadata: Metadata = { title: 'Datasets' }

type Params = Record<string, string | string[] | undefined>

const asQuery = ({ q, sort, limit, cursor, team, group, service }: Params) =>
  parseInput(listDatasetsQuery, { q: q || undefined, sort, limit, cursor, team, group, service })

export default async function DatasetsPage({ searchParams }: { searchParams: Promise<Params> }) {
  const params = await searchParams
  const mayCreate = mayEver(await pageContext(params.environment), 'dataset:create')
  const loaded = await load(async (ctx) => {
    const query = asQuery(params)
    return { query, page: await listTrainingDatasets(ctx, query) }
  }, params.environment)
  return (
    <>
      <PageHeader
        title="Datasets"
        description="Features joined to rows as they were known at each row’s time, kept for good, each with its certificate."
        actions={
          mayCreate ? (
            <ButtonLink variant="primary" href="/datasets/new">
              Build a dataset
            </ButtonLink>
          ) : null
        }
      />
      {loaded.state === 'ready' ? (
        <DatasetsTable
          datasets={loaded.value.page.data}
          filtered={['q', 'team', 'group', 'service'].some((name) => params[name])}
          mayCreate={mayCreate}
          pager={{
            kind: 'cursor',
            cursor: loaded.value.query.cursor ?? null,
            nextCursor: loaded.value.page.meta.next_cursor,
            pageSize: loaded.value.query.limit,
            total: loaded.value.page.meta.total,
          }}
        />
      ) : (
        <NotReady loaded={loaded} what="The datasets" />
      )}
    </>
  )
}
