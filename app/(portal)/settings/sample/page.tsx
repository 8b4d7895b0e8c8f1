import type { Metadata } from 'next'
import { NotReady } from '@/components/layout/not-ready'
import { SamplePage } from '@/components/sample/sample-page'
import { SettingsHeader } from '@/components/settings/settings-header'
import { load } from '@/lib/http/page-context'
import { describeSample } from '@/lib/sample'

export const metadata: Metadata = { title: 'Sample data' }

export default async function SampleSettings() {
  const loaded = await load(describeSample)
  return (
    <>
      <SettingsHeader
        current="sample"
        description="Real flights, moved to now, for looking around; all of it is marked and can go."
      />
      {loaded.state === 'ready' ? (
        <SamplePage sample={loaded.value} />
      ) : (
        <NotReady loaded={loaded} what="The sample" />
      )}
    </>
  )
}
