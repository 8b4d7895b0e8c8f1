import { assetHref } from '@/components/catalog/asset-href'
import type { AssetSign } from '@/components/catalog/asset-sign'
import { ReadersSign } from '@/components/catalog/readers-sign'
import { DayStrip } from '@/components/charts/day-strip'
import { DataTable } from '@/components/data-table/data-table'
import { NameCell } from '@/components/data-table/name-cell'
import type { TableColumn } from '@/components/data-table/types'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Lifecycle, type LifecycleState } from '@/components/ui/lifecycle'
import { StateWord } from '@/components/ui/state'

/** How old the newest row is against what was promised. */
export interface Freshness {
  state: 'ok' | 'warn' | 'fail' | 'unknown' | 'fact'
  text: string
}

export interface HomeGroup {
  group: { name: string; description: string; team: string; lifecycle: LifecycleState }
  /** Null where it is not known. */
  fresh: Freshness | null
  sign: AssetSign
}

const columns: TableColumn[] = [
  { id: 'name', header: 'Group', grow: true, phone: 'first' },
  { id: 'days', header: '28 days', width: '184px', phone: 'first' },
  { id: 'fresh', header: 'Freshness', width: '320px', phone: 'second' },
  { id: 'readers', header: 'Readers 30 d', align: 'right', width: '132px', from: 'lg' },
  { id: 'team', header: 'Owner', width: '104px', from: 'md' },
  { id: 'state', header: 'Lifecycle', width: '104px', from: 'lg' },
]

function FreshCell({ fresh }: { fresh: Freshness | null }) {
  if (fresh === null) return null
  return fresh.state === 'fact' ? fresh.text : <StateWord state={fresh.state}>{fresh.text}</StateWord>
}

interface NoGroupsProps {
  teams: readonly string[]
  mayRegister: boolean
  mayManagePeople: boolean
}

/** Nothing is the reader's own: why, and what leads on. */
function NoGroups({ teams, mayRegister, mayManagePeople }: NoGroupsProps) {
  const browse = <ButtonLink href="/catalog">Browse the catalogue</ButtonLink>
  if (teams.length === 0) {
    return (
      <EmptyState
        title="You are in no team"
        action={
          <>
            {browse}
            <ButtonLink href="/settings/teams">{mayManagePeople ? 'Teams' : 'Ask to join a team'}</ButtonLink>
          </>
        }
      >
        Teams own feature groups, and the groups of your teams stand here. A maintainer of a team or an
        administrator decides who joins it.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      title={`${names.format(teams)} ${teams.length === 1 ? 'owns' : 'own'} no feature group yet`}
      action={
        <>
          {mayRegister ? <ButtonLink href="/register">Register a feature group</ButtonLink> : null}
          {browse}
        </>
      }
    >
      A file is enough to begin: types, keys and event time are read from it.
    </EmptyState>
  )
}

const names = new Intl.ListFormat('en')

/** Feature groups of the reader's teams, those that need somebody first. */
export function MyGroups({ groups, ...none }: NoGroupsProps & { groups: readonly HomeGroup[] }) {
  if (groups.length === 0) return <NoGroups {...none} />
  return (
    <DataTable
      bare
      label="Feature groups of your teams"
      columns={columns}
      lines={2}
      rows={groups.map(({ group, fresh, sign }) => {
        const href = assetHref('group', group.name)
        return {
          id: group.name,
          href,
          cells: {
            name: (
              <NameCell
                kind="group"
                name={group.name}
                href={href}
                meaning={group.description.split('\n')[0]}
              />
            ),
            days: sign.days ? <DayStrip days={sign.days} label={`Last 28 days of ${group.name}`} /> : null,
            fresh: <FreshCell fresh={fresh} />,
            readers: <ReadersSign readers={sign.readers} weeklyReads={sign.weeklyReads} />,
            team: group.team,
            state: <Lifecycle state={group.lifecycle} />,
          },
        }
      })}
    />
  )
}
