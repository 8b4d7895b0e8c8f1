import { UsingDatasets } from '@/components/dataset/using-datasets'
import { RecentReaders } from '@/components/feature-group/recent-readers'
import { Callout } from '@/components/ui/callout'
import { plural } from '@/components/ui/format-number'
import { NameText } from '@/components/ui/name-text'
import { Section } from '@/components/ui/section'
import type { ServiceImpactResource } from '@/lib/registry/operations'
import { selectionChange } from './selection-change'

interface SelectionPreviewProps {
  service: string
  /** The version that it would become. */
  next: number
  before: readonly string[]
  after: readonly string[]
  isTouched: boolean
  impact: ServiceImpactResource
}

interface Line {
  name: string
  word: string
}

function linesOf(before: readonly string[], after: readonly string[]): Line[] {
  const { added, removed, repinned, moved } = selectionChange(before, after)
  return [
    ...added.map((name) => ({ name, word: 'added' })),
    ...removed.map((name) => ({ name, word: 'removed' })),
    ...repinned.map(({ from, to }) => ({ name: to, word: `was ${from.replace(/:.*$/, '')}` })),
    ...moved.map((name) => ({ name, word: 'moved' })),
  ]
}

/** What the next version of a service differs in, and who reads it. */
export function SelectionPreview(props: SelectionPreviewProps) {
  const { service, next, before, after, isTouched, impact } = props
  const lines = linesOf(before, after)
  const removed = lines.filter(({ word }) => word === 'removed').length
  return (
    <aside aria-label="Preview" className="flex min-w-0 flex-col gap-5">
      <div aria-live="polite">
        <Callout
          tone={removed > 0 ? 'warn' : 'note'}
          title={isTouched ? `Becomes ${service}@${next}` : 'Nothing differs yet'}
        >
          {isTouched
            ? `Who reads ${service} by its name alone gets version ${next} at once${
                removed > 0 ? `, without ${plural(removed, 'feature')} that they have now` : ''
              }; who names ${service}@${next - 1} keeps it.`
            : `From version ${next - 1}.`}
        </Callout>
      </div>
      {lines.length > 0 ? (
        <Section title={plural(lines.length, 'change')}>
          <ul className="border-t">
            {lines.map(({ name, word }) => (
              <li
                key={`${word} ${name}`}
                className="flex min-h-8 items-center justify-between gap-3 border-b py-1"
              >
                <NameText name={name} />
                <span className="shrink-0 text-12 text-muted">{word}</span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Section title="Readers in 30 days">
        <RecentReaders consumers={impact.consumers} />
      </Section>
      {impact.datasets.length > 0 ? (
        <Section title="Training datasets" note="Built from it; they keep what they were built from.">
          <UsingDatasets
            datasets={impact.datasets.map(({ service_version: taken, owner_team: owner, ...one }) => ({
              ...one,
              owner,
              taken: taken === null ? 'its features' : `${service}@${taken}`,
            }))}
          />
        </Section>
      ) : null}
    </aside>
  )
}
