import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { NotReady } from '@/components/layout/not-ready'
import { PeopleTable } from '@/components/settings/people-table'
import { PersonPanel } from '@/components/settings/person-panel'
import { SettingsHeader } from '@/components/settings/settings-header'
import { ButtonLink } from '@/components/ui/button'
import { readPreferences } from '@/components/ui/preferences'
import { load } from '@/lib/http/page-context'
import { listInput, openRow, pagerOf, panelHref, type SettingsParams } from '../list-view'
import { loadPeople } from './load-people'

export const metadata: Metadata = { title: 'People' }

const path = '/settings/people'

export default async function PeoplePage({ searchParams }: { searchParams: Promise<SettingsParams> }) {
  const params = await searchParams
  const open = openRow(params)
  const loaded = await load((ctx) => loadPeople(ctx, listInput(params), open))
  const isReady = loaded.state === 'ready'
  const { panel } = readPreferences(await cookies())
  return (
    <>
      <SettingsHeader
        current="people"
        description="Everybody with an account, and what they may do."
        actions={
          isReady ? (
            <ButtonLink variant="primary" href={`${path}/new`}>
              Add a person
            </ButtonLink>
          ) : null
        }
      />
      {isReady ? (
        <PeopleTable
          people={loaded.value.people.data}
          hrefOf={(id) => panelHref(path, params, id)}
          selectedId={open}
          pager={pagerOf(params, loaded.value.people)}
        />
      ) : (
        <NotReady loaded={loaded} what="The list of people" />
      )}
      {isReady && loaded.value.opened ? (
        <PersonPanel
          person={loaded.value.opened}
          sessions={loaded.value.sessions}
          teams={loaded.value.teams}
          environments={loaded.value.environments}
          closeHref={panelHref(path, params, null)}
          widthPx={panel}
        />
      ) : null}
    </>
  )
}
