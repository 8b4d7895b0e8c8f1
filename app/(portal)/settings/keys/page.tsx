import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { NotReady } from '@/components/layout/not-ready'
import { KeyPanel } from '@/components/settings/key-panel'
import { KeysTable } from '@/components/settings/keys-table'
import { SettingsHeader } from '@/components/settings/settings-header'
import { ButtonLink } from '@/components/ui/button'
import { readPreferences } from '@/components/ui/preferences'
import { load } from '@/lib/http/page-context'
import { getApiKey, listApiKeys } from '@/lib/identity'
import { listInput, openRow, pagerOf, panelHref, type SettingsParams } from '../list-view'

export const metadata: Metadata = { title: 'API keys' }

const path = '/settings/keys'

export default async function KeysPage({ searchParams }: { searchParams: Promise<SettingsParams> }) {
  const params = await searchParams
  const open = openRow(params)
  const loaded = await load(async (ctx) => ({
    keys: await listApiKeys(ctx, listInput(params)),
    readerId: ctx.actor.id,
  }))
  const opened = open === undefined ? null : await load((ctx) => getApiKey(ctx, open))
  const { panel } = readPreferences(await cookies())
  return (
    <>
      <SettingsHeader
        current="keys"
        description="Programs sign in with a key. It acts with the rights of its owner, or with fewer."
        actions={
          <ButtonLink variant="primary" href={`${path}/new`}>
            Make an API key
          </ButtonLink>
        }
      />
      {loaded.state === 'ready' ? (
        <KeysTable
          keys={loaded.value.keys.data}
          withOwner={loaded.value.keys.data.some(({ owner }) => owner.id !== loaded.value.readerId)}
          hrefOf={(id) => panelHref(path, params, id)}
          selectedId={open}
          pager={pagerOf(params, loaded.value.keys)}
        />
      ) : (
        <NotReady loaded={loaded} what="The list of keys" />
      )}
      {opened?.state === 'ready' ? (
        <KeyPanel apiKey={opened.value} closeHref={panelHref(path, params, null)} widthPx={panel} />
      ) : null}
    </>
  )
}
