import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { NotReady } from '@/components/layout/not-ready'
import { SettingsHeader } from '@/components/settings/settings-header'
import { TeamPanel } from '@/components/settings/team-panel'
import { TeamsTable } from '@/components/settings/teams-table'
import { ButtonLink } from '@/components/ui/button'
import { readPreferences } from '@/components/ui/preferences'
import { load } from '@/lib/http/page-context'
import { listInput, openRow, pagerOf, panelHref, type SettingsParams } from '../list-view'
import { loadTeams } from './load-teams'

export const metadata: Metadata = { title: 'Teams' }

const path = '/settings/teams'

export default async function TeamsPage({ searchParams }: { searchParams: Promise<SettingsParams> }) {
  const params = await searchParams
  const open = openRow(params)
  const loaded = await load((ctx) => loadTeams(ctx, listInput(params), open))
  const view = loaded.state === 'ready' ? loaded.value : null
  const { panel } = readPreferences(await cookies())
  return (
    <>
      <SettingsHeader
        current="teams"
        description="Teams own feature groups and services; their maintainers manage who belongs to them."
        actions={
          view?.mayMake ? (
            <ButtonLink variant="primary" href={`${path}/new`}>
              Make a team
            </ButtonLink>
          ) : null
        }
      />
      {loaded.state === 'ready' ? (
        <TeamsTable
          teams={loaded.value.teams.data}
          hrefOf={(name) => panelHref(path, params, name)}
          selectedId={open}
          pager={pagerOf(params, loaded.value.teams)}
        />
      ) : (
        <NotReady loaded={loaded} what="The list of teams" />
      )}
      {view?.opened ? (
        <TeamPanel
          team={view.opened}
          because={view.because}
          candidates={view.candidates}
          isMember={view.isMember}
          closeHref={panelHref(path, params, null)}
          widthPx={panel}
        />
      ) : null}
    </>
  )
}
