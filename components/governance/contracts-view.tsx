import Link from 'next/link'
import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn } from '@/components/data-table/types'
import { EmptyState } from '@/components/ui/empty-state'
import { formatCount, formatShare } from '@/components/ui/format-number'
import { Name } from '@/components/ui/name'
import { PhoneWord } from '@/components/ui/phone-word'
import { toRoute, withParams } from '@/components/ui/route'
import { Section } from '@/components/ui/section'
import { StateWord } from '@/components/ui/state'
import type { ContractListResource, ListedContractResource } from '@/lib/contracts/operations'

const page = '/governance/contracts'
type Filter = { team?: string | null; missing?: string | null; broken?: string | null }
const hrefOf = (filter: Filter) =>
  withParams(page, '', { team: null, missing: null, broken: null, ...filter })

const teamColumns: TableColumn[] = [
  { id: 'team', header: 'Team', grow: true, fixed: true, phone: 'first' },
  { id: 'groups', header: 'Groups with a contract', align: 'right', width: '220px', phone: 'second' },
  { id: 'features', header: 'Features with terms', align: 'right', width: '220px', phone: 'second' },
]

/** A share that opens the list of what lacks it. */
function Share({ have, of, href, what }: { have: number; of: number; href: string; what: string }) {
  const text = `${formatCount(have)} of ${formatCount(of)}`
  return (
    <>
      {of === 0 ? null : <span className="mr-2 text-muted">{formatShare(have / of)}</span>}
      {have < of ? (
        <Link className="link" href={toRoute(href)} aria-label={`${text}: those without, ${what}`}>
          {text}
        </Link>
      ) : (
        text
      )}
    </>
  )
}

type Coverage = Pick<
  ContractListResource['coverage'],
  'groups' | 'groups_with_contract' | 'features' | 'features_with_terms'
>

const shares = (one: Coverage, team: string | null) => ({
  groups: (
    <Share
      have={one.groups_with_contract}
      of={one.groups}
      href={hrefOf({ team, missing: 'contract' })}
      what={team ?? 'all teams'}
    />
  ),
  features: (
    <Share
      have={one.features_with_terms}
      of={one.features}
      href={hrefOf({ team, missing: 'terms' })}
      what={team ?? 'all teams'}
    />
  ),
})

function Coverage({ coverage }: { coverage: ContractListResource['coverage'] }) {
  const all = {
    id: '',
    cells: { team: <span className="font-medium">All teams</span>, ...shares(coverage, null) },
  }
  return (
    <DataTable
      bare
      label="Coverage by team"
      columns={teamColumns}
      rows={[
        all,
        ...coverage.teams.map((one) => ({
          id: one.team,
          cells: {
            team: <Name name={one.team} href={hrefOf({ team: one.team })} />,
            ...shares(one, one.team),
          },
        })),
      ]}
    />
  )
}

const columns: TableColumn[] = [
  { id: 'group', header: 'Group', grow: true, fixed: true, phone: 'first' },
  { id: 'team', header: 'Team', width: '140px', from: 'md' },
  { id: 'contract', header: 'Contract', width: '130px', phone: 'end' },
  { id: 'signed', header: 'Signed by', align: 'right', width: '150px', from: 'md' },
  { id: 'features', header: 'Features with terms', align: 'right', width: '160px', phone: 'second' },
  { id: 'breaches', header: 'Breaches 28 d', align: 'right', width: '140px', phone: 'second' },
]

function rowOf(one: ListedContractResource) {
  const href = `/groups/${encodeURIComponent(one.group)}?tab=contract&version=${one.version}`
  return {
    id: one.group,
    href,
    cells: {
      group: <Name name={one.group} href={href} />,
      team: one.team,
      contract: one.contract === null ? <span className="text-muted">none</span> : `contract ${one.contract}`,
      signed:
        one.contract === null
          ? null
          : `${formatCount(one.signatures)} of ${formatCount(Math.max(one.consumers, one.signatures))}`,
      features: (
        <>
          {formatCount(one.features_with_terms)} of {formatCount(one.features)}
          <PhoneWord>with terms</PhoneWord>
        </>
      ),
      breaches:
        one.open_breaches > 0 ? (
          <StateWord state="warn">
            {formatCount(one.breaches_28d)}, {formatCount(one.open_breaches)} open
          </StateWord>
        ) : (
          formatCount(one.breaches_28d)
        ),
    },
  }
}

const filterWords: Record<string, string> = {
  contract: 'without a contract',
  terms: 'with features that state no terms',
}

interface ContractsViewProps {
  list: ContractListResource
  filter: { team: string | null; missing: string | null; broken: string | null }
  cursor: string | null
  csvHref: string
}

/** Which groups have a contract, by team; each figure opens the list of those without. */
export function ContractsView({ list, filter, cursor, csvHref }: ContractsViewProps) {
  const { data, meta, coverage } = list
  const { team, missing, broken } = filter
  const words = [
    ...(team ? [`of ${team}`] : []),
    ...(missing && filterWords[missing] ? [filterWords[missing]] : []),
    ...(broken ? ['with an open breach'] : []),
  ]
  return (
    <div className="flex flex-col gap-8">
      <Section
        title="Coverage"
        note="Of what you may know of, on the version that is served, else the newest."
      >
        <Coverage coverage={coverage} />
      </Section>
      <Section
        id="groups"
        title={words.length > 0 ? `Groups ${words.join(', ')}` : 'Groups'}
        aside={
          words.length > 0 ? (
            <Link className="link" href={toRoute(page)}>
              All groups
            </Link>
          ) : (
            <Link className="link" href={toRoute(hrefOf({ broken: 'open' }))}>
              With an open breach
            </Link>
          )
        }
      >
        <DataTable
          label="Contracts"
          columns={columns}
          rows={data.map(rowOf)}
          csvHref={csvHref}
          pager={{ kind: 'cursor', cursor, nextCursor: meta.next_cursor, pageSize: 50, total: meta.total }}
          instead={
            data.length === 0 ? (
              <EmptyState title={words.length > 0 ? `No group ${words.join(', ')}` : 'No group yet'} />
            ) : undefined
          }
        />
      </Section>
    </div>
  )
}
