import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn } from '@/components/data-table/types'
import { Name } from '@/components/ui/name'
import { StateWord } from '@/components/ui/state'
import type { ContractResource, PartyResource } from '@/lib/contracts/operations'
import { SignButton } from './sign-button'

const columns: TableColumn[] = [
  { id: 'party', header: 'Party', grow: true, fixed: true, phone: 'first' },
  { id: 'team', header: 'Team', width: '160px', from: 'md' },
  { id: 'features', header: 'Reads', width: '260px', from: 'lg' },
  { id: 'signed', header: 'Signed', width: '220px', phone: 'second' },
]

const partyWords = { owner: 'owner', service: 'service', team: 'team' }

function Party({ party, name }: PartyResource) {
  const href =
    party === 'service'
      ? `/services/${encodeURIComponent(name)}`
      : `/catalog?team=${encodeURIComponent(name)}`
  return (
    <span className="flex min-w-0 items-baseline gap-2">
      <Name name={name} href={href} />
      <span className="text-12 text-muted">{partyWords[party]}</span>
    </span>
  )
}

function Signed({ party, contract }: { party: PartyResource; contract: ContractResource }) {
  const newest = contract.proposed ?? contract.contract
  if (!newest) return <span className="text-muted">nothing to sign</span>
  if (party.signed === newest.number) return <StateWord state="ok">contract {newest.number}</StateWord>
  if (party.signs_now && party.party === 'service')
    return (
      <SignButton
        group={contract.group}
        version={contract.version}
        service={party.name}
        contract={newest.number}
      />
    )
  const asked = newest.waits_for.includes(party.name)
  if (asked) return <StateWord state="warn">asked to sign contract {newest.number}</StateWord>
  return (
    <span className="text-muted">{party.signed === null ? 'not signed' : `contract ${party.signed}`}</span>
  )
}

/** The owner and those who read, each with what it has signed. */
export function PartiesTable({ contract }: { contract: ContractResource }) {
  return (
    <DataTable
      bare
      lines={2}
      label="Parties"
      columns={columns}
      rows={contract.parties.map((party) => ({
        id: `${party.party} ${party.name}`,
        cells: {
          party: <Party {...party} />,
          team: party.team,
          features: <span className="truncate font-mono text-12">{party.features.join(', ')}</span>,
          signed: <Signed party={party} contract={contract} />,
        },
      }))}
    />
  )
}
