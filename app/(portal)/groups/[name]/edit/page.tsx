import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { EditGroupForm } from '@/components/edit/edit-group-form'
import { NotReady } from '@/components/layout/not-ready'
import { PageHeader } from '@/components/layout/page-header'
import { authorize } from '@/lib/audit'
import { load } from '@/lib/http/page-context'
import { formRules, getFeatureGroup, groupFactsOf } from '@/lib/registry'
import { ownerTeams } from '../../../owner-teams'

interface Props {
  params: Promise<{ name: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Edit ${(await params).name}` }
}

export default async function EditGroupPage({ params, searchParams }: Props) {
  const { name } = await params
  const loaded = await load(
    async (ctx) => {
      await authorize(ctx, 'group:update', await groupFactsOf(ctx, name))
      const teams = await ownerTeams(ctx)
      return { group: await getFeatureGroup(ctx, name), rules: await formRules(ctx), teams }
    },
    (await searchParams).environment,
  )
  if (loaded.state === 'missing') notFound()
  return (
    <>
      <PageHeader
        size="asset"
        breadcrumbs={{
          crumbs: [
            { label: 'Catalogue', href: '/catalog' },
            { label: name, href: `/groups/${encodeURIComponent(name)}` },
            { label: 'Edit' },
          ],
        }}
        title={`Edit ${name}`}
        description="What is said of it. Its features change by a new version."
      />
      {loaded.state === 'ready' ? (
        <EditGroupForm {...loaded.value} />
      ) : (
        <NotReady loaded={loaded} what="The form" />
      )}
    </>
  )
}
