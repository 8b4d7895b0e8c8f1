import type { ReactNode } from 'react'
import { readerKind } from '@/components/feature-group/words'
import { Button } from '@/components/ui/button'
import { formatCount } from '@/components/ui/format-number'
import { Section } from '@/components/ui/section'
import { StateWord } from '@/components/ui/state'
import { Time } from '@/components/ui/time'
import type { DeprecationStateResource, GraceResource } from '@/lib/registry/operations'
import { endingPath } from './ending-path'
import { GraceDialog } from './grace-dialog'
import { ReasonDialog } from './reason-dialog'
import { RemindButton } from './remind-button'

const line = 'flex min-h-8 flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b py-1.5'

const List = ({ children }: { children: ReactNode }) => <ul className="border-t">{children}</ul>

function Told({ state }: { state: DeprecationStateResource }) {
  const { told, group, version } = state
  const silent = told.filter((one) => one.acknowledged_at === null).length
  return (
    <Section
      title="Who was told"
      note={
        told.length === 0
          ? undefined
          : `${formatCount(told.length - silent)} of ${formatCount(told.length)} have acknowledged it.`
      }
      aside={state.state === 'deprecated' ? <RemindButton group={group} version={version} /> : undefined}
    >
      {told.length === 0 ? (
        <p className="border-t border-b py-3 text-muted">
          Nobody but you stands downstream: no owner of a service or dataset, no reader, no follower.
        </p>
      ) : (
        <List>
          {told.map(({ name, told_at: at, acknowledged_at: when, still_reads: reads }) => (
            <li key={`${name} ${at}`} className={line}>
              <span className="min-w-0">
                {name} {reads ? <span className="text-12 text-muted">reads on</span> : null}
              </span>
              <span className="text-12">
                {when === null ? (
                  <StateWord state="warn">not acknowledged</StateWord>
                ) : (
                  <StateWord state="ok">
                    acknowledged <Time at={when} relative />
                  </StateWord>
                )}
              </span>
            </li>
          ))}
        </List>
      )}
    </Section>
  )
}

function Readers({ readers }: Pick<DeprecationStateResource, 'readers'>) {
  const still = readers.filter((reader) => reader.still_reads)
  return (
    <Section title="Who reads on" note="Since the deprecation; reads in 1 · 7 · 30 days.">
      {still.length === 0 ? (
        <p className="border-t border-b py-3 text-muted">Nobody has read it since.</p>
      ) : (
        <List>
          {still.map(({ kind, id, name, owner, grace_until: grace, ...reads }) => (
            <li key={id} className={line}>
              <span className="min-w-0">
                {name}{' '}
                <span className="text-12 text-muted">
                  {readerKind(kind)}
                  {kind === 'key' && owner !== null ? ` of ${owner}` : ''}
                </span>
              </span>
              <span className="num text-12">
                {formatCount(reads.reads_1d)} · {formatCount(reads.reads_7d)} · {formatCount(reads.reads)},
                last <Time at={reads.last_read} relative />
              </span>
            </li>
          ))}
        </List>
      )}
    </Section>
  )
}

function GraceLine({ grace, path }: { grace: GraceResource; path: string }) {
  const { consumer, until, reason, in_force: open } = grace
  const name = consumer.kind === 'key' ? `API key ${consumer.name}` : consumer.name
  return (
    <li className={line}>
      <span className="min-w-0">
        {name} until <Time at={until} precision="day" />
        <span className="block text-12 text-muted">
          {reason} By {grace.granted_by}.
          {grace.withdrawn_at === null
            ? null
            : ` Withdrawn by ${grace.withdrawn_by}: ${grace.withdraw_reason}`}
        </span>
      </span>
      {open ? (
        <ReasonDialog
          trigger={<Button size="small">Withdraw…</Button>}
          title={`Withdraw the grace for ${name}`}
          effect="Reads past the sunset are refused at once."
          action="Withdraw"
          path={`${path}/graces/${grace.id}/withdraw`}
        />
      ) : (
        <span className="text-12 text-muted">{grace.withdrawn_at === null ? 'over' : 'withdrawn'}</span>
      )}
    </li>
  )
}

function Graces({ state }: { state: DeprecationStateResource }) {
  const { group, version, graces, sunset_at: sunset, readers } = state
  if (sunset === null) return null
  return (
    <Section
      title="Past the sunset"
      note="Reads are refused from the sunset on, but for those listed here."
      aside={
        state.state === 'deprecated' ? (
          <GraceDialog group={group} version={version} sunset_at={sunset} readers={readers} />
        ) : undefined
      }
    >
      {graces.length === 0 ? (
        <p className="border-t border-b py-3 text-muted">No grace was given.</p>
      ) : (
        <List>
          {graces.map((grace) => (
            <GraceLine key={grace.id} grace={grace} path={endingPath(group, version)} />
          ))}
        </List>
      )}
    </Section>
  )
}

/** How a deprecation stands with those whom it concerns. */
export const DeprecationState = ({ state }: { state: DeprecationStateResource }) => (
  <>
    <Told state={state} />
    <Readers readers={state.readers} />
    <Graces state={state} />
  </>
)
