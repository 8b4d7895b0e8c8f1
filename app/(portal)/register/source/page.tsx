import type { Metadata } from 'next'
import { SourceForm } from '@/components/entity/source-form'
import { NotReady } from '@/components/layout/not-ready'
import { RegisterHeader } from '@/components/register/register-header'
import { loadForm } from '../load-form'

export const metadata: Metadata = { title: 'Register a data source' }

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function SourceFormPage({ searchParams }: Props) {
  const loaded = await loadForm('group:create', (await searchParams).environment)
  return (
    <>
      <RegisterHeader
        current="source"
        title="Register a data source"
        description="Where raw data comes from, and how often new data is promised."
      />
      {loaded.state === 'ready' ? (
        <SourceForm teams={loaded.value.teams} rules={loaded.value.rules} />
      ) : (
        <NotReady loaded={loaded} what="The form" />
      )}
    </>
  )
}
