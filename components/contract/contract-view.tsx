import type { ReactNode } from 'react'
import { DayStrip } from '@/components/charts/day-strip'
import type { Day } from '@/components/charts/day-strip-summary'
import { ContractTerms } from '@/components/monitoring/contract-terms'
import { ButtonLink } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { FactsList } from '@/components/ui/facts-list'
import { Section } from '@/components/ui/section'
import { StateWord } from '@/components/ui/state'
import { Time } from '@/components/ui/time'
import type { BreachResource, ContractResource, ContractVersionResource } from '@/lib/contracts/operations'
import type { FeatureResource } from '@/lib/registry/operations'
import { BreachesTable } from './breaches-table'
import { changeWords, stateWords } from './contract-words'
import { ExpectationsList } from './expectations-list'
import { PartiesTable } from './parties-table'
import { PromisesTable } from './promises-table'
import { VersionsTable } from './versions-table'

export interface ContractViewProps {
  contract: ContractResource
  versions: readonly ContractVersionResource[]
  /** Null: the reader may not see what broke it. */
  breaches: readonly BreachResource[] | null
  days: readonly Day[]
  /** "contract kept 27 of 28 days". */
  verdict: string
  features: readonly FeatureResource[]
  hrefs: {
    propose: string | null
    ask: string | null
    odcs: string
    breachesCsv: string
    feature: (name: string) => string
  }
  mayDecide: boolean
}

function Proposed({ proposed }: { proposed: ContractVersionResource }) {
  const { number, state, waits_for: waits, valid_from: from, change } = proposed
  return (
    <Callout
      tone={state === 'proposed' ? 'warn' : 'note'}
      title={`Contract ${number} ${changeWords[change]}`}
    >
      {state === 'proposed' ? (
        <p>
          It waits for {waits.length > 0 ? waits.join(', ') : 'those who signed the one before'}. Until then
          the contract below holds.
        </p>
      ) : (
        <p>
          Signed; it holds from <Time at={from} /> on.
        </p>
      )}
    </Callout>
  )
}

function Words({ contract }: { contract: ContractVersionResource }) {
  const { purpose, service_level: level, support, limitations } = contract
  const facts = Object.entries({
    Purpose: purpose,
    'Service level': level,
    Support: support,
    Limitations: limitations,
  })
  const stated = facts.flatMap(([term, value]) => (value ? [{ term, value }] : []))
  return stated.length === 0 ? null : <FactsList facts={stated} />
}

function Head({ contract, days, verdict, hrefs }: ContractViewProps): ReactNode {
  const own = contract.contract
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
      <p className="min-w-0 text-15">
        {own ? (
          <>
            Contract {own.number} of version {own.version},{' '}
            <StateWord state={stateWords[own.state].state}>{stateWords[own.state].word}</StateWord> since{' '}
            <Time at={own.valid_from} precision="day" />
          </>
        ) : (
          'No contract on the group'
        )}
        <span className="block text-12 text-muted">{verdict}</span>
      </p>
      <DayStrip size="header" label={`Contract of ${contract.group}`} days={days} />
      <span className="flex flex-wrap gap-2 md:ml-auto">
        <ButtonLink size="small" variant="quiet" href={hrefs.odcs}>
          As ODCS
        </ButtonLink>
        {hrefs.ask ? (
          <ButtonLink size="small" href={hrefs.ask}>
            Ask for terms
          </ButtonLink>
        ) : null}
        {hrefs.propose ? (
          <ButtonLink size="small" href={hrefs.propose}>
            {own ? 'Propose a change' : 'Propose a contract'}
          </ButtonLink>
        ) : null}
      </span>
    </div>
  )
}

/** What a group promises, to whom, and how it has been kept. */
export function ContractView(props: ContractViewProps) {
  const { contract, versions, breaches, features, hrefs, mayDecide } = props
  return (
    <div className="flex flex-col gap-8">
      <Head {...props} />
      {contract.proposed ? <Proposed proposed={contract.proposed} /> : null}
      {contract.contract ? (
        <Section
          title="The group promises"
          note="Checked before each commit, and on each day that has passed."
        >
          <PromisesTable promises={contract.contract.promises} />
          <div className="mt-4 max-w-140">
            <Words contract={contract.contract} />
          </div>
        </Section>
      ) : null}
      <Section
        title="Its features promise"
        note="Checked before each commit: a batch that breaks it is refused, or its bad rows are held back, unless the term itself only warns."
      >
        <ContractTerms features={features} hrefOf={hrefs.feature} />
      </Section>
      <Section
        title="What broke it"
        aside={
          breaches === null || breaches.length === 0 ? null : (
            <a className="link" href={hrefs.breachesCsv} download>
              All as CSV
            </a>
          )
        }
      >
        {breaches === null ? (
          <p className="text-muted">
            Breaches are statistics of rows, and those of this group are not open to you.
          </p>
        ) : (
          <BreachesTable breaches={breaches} />
        )}
      </Section>
      <Section
        title="Parties"
        note="The owner signs by proposing; services that select from the group sign for their team."
      >
        <PartiesTable contract={contract} />
      </Section>
      {contract.expectations.length > 0 ? (
        <Section title="Asked for by those who read">
          <ExpectationsList
            group={contract.group}
            expectations={contract.expectations}
            mayDecide={mayDecide}
          />
        </Section>
      ) : null}
      {versions.length > 0 ? (
        <Section title="All contracts">
          <VersionsTable versions={versions} />
        </Section>
      ) : null}
    </div>
  )
}
