import { Said } from '@/components/reference/said'
import { EmptyState } from '@/components/ui/empty-state'
import { FactsList } from '@/components/ui/facts-list'
import { plural } from '@/components/ui/format-number'
import { formatDay } from '@/components/ui/format-time'
import { Section } from '@/components/ui/section'
import { StateWord } from '@/components/ui/state'
import type { SampleResource } from '@/lib/sample/operations'
import { RemoveSample } from './remove-sample'
import { ReplayDays } from './replay-days'

const day = (iso: string) => formatDay(iso, true)

function Facts({ sample }: { sample: SampleResource }) {
  const { moved, variant, assets } = sample
  return (
    <FactsList
      facts={[
        ...(moved
          ? [
              { term: 'Flown', value: `${day(moved.true_first_day)} to ${day(moved.true_last_day)}` },
              {
                term: 'Shown as',
                value: `${day(moved.first_day)} to ${day(moved.last_day)}`,
                note: `moved forward by ${plural(moved.weeks, 'week')}`,
              },
            ]
          : []),
        {
          term: 'Extent',
          value: variant === 'small' ? '25 busiest airports, last 12 weeks' : 'the whole file',
        },
        { term: 'Feature groups', value: assets.groups.length, number: true },
        { term: 'Feature services', value: assets.services.length, number: true },
      ]}
    />
  )
}

function Planted({ planted }: Pick<SampleResource, 'planted'>) {
  return (
    <ul className="border-t">
      {planted.map(({ day: at, fault, arrived }) => (
        <li key={at} className="flex flex-wrap items-baseline justify-between gap-x-4 border-b py-1.5">
          <span className="min-w-0 max-w-[68ch]">
            <span className="num mr-2 text-muted">{formatDay(at)}</span>
            {fault}
          </span>
          <StateWord state={arrived ? 'warn' : 'unknown'}>
            {arrived ? 'has arrived' : 'not arrived yet'}
          </StateWord>
        </li>
      ))}
    </ul>
  )
}

/** What the sample is, how far it has come, and the way to be rid of it. */
export function SamplePage({ sample }: { sample: SampleResource }) {
  const command = (verb: string) => (
    <code className="font-mono text-12">npm run almanac -- sample {verb}</code>
  )
  if (sample.state === 'absent' || sample.state === 'removed') {
    return (
      <EmptyState title={sample.state === 'removed' ? 'The sample was removed' : 'No sample is loaded'}>
        {command(sample.state === 'removed' ? 'load --again' : 'load')} brings it in: real US flights of 2001
        and made-up customers.
      </EmptyState>
    )
  }
  if (sample.state === 'loading')
    return <EmptyState title="The sample is being loaded">Groups appear as they are ready.</EmptyState>
  return (
    <div className="grid gap-8 lg:grid-cols-[7fr_5fr]">
      <div className="flex min-w-0 flex-col gap-8">
        <Section title="Days held back">
          <ReplayDays heldBack={sample.held_back} />
        </Section>
        <Section title="Planted faults" note="What monitoring has to find.">
          <Planted planted={sample.planted} />
        </Section>
        <Section title="Remove">
          <RemoveSample sample={sample} />
        </Section>
      </div>
      <Section title="What it is">
        <Facts sample={sample} />
        {sample.notes.map((note) => (
          <p key={note} className="prose mt-3 text-muted">
            <Said text={note} />
          </p>
        ))}
      </Section>
    </div>
  )
}
