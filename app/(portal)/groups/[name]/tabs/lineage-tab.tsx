import type { ReactNode } from 'react'
import { NeighboursTable } from '@/components/feature-group/neighbours-table'
import { formHref } from '@/components/feature-group/place'
import { ButtonLink } from '@/components/ui/button'
import { CodeBlock } from '@/components/ui/code-block'
import { EmptyState } from '@/components/ui/empty-state'
import { withParams } from '@/components/ui/route'
import { Section } from '@/components/ui/section'
import { getNeighbours } from '@/lib/catalog'
import type { NeighbourResource } from '@/lib/catalog/operations'
import type { GroupView } from '../load-group'
import { Part } from '../part'
import { isUsable, usableAsset } from '../usable-asset'

const namesOf = ({ group }: GroupView) => [
  group.name,
  ...group.versions.map(({ version }) => `${group.name}@${version}`),
]

interface DirectionProps {
  title: string
  /** What would fill it, and the way there. */
  empty: ReactNode
  neighbours: readonly NeighbourResource[]
}

function Direction({ title, empty, neighbours }: DirectionProps) {
  return (
    <Section title={title}>
      {neighbours.length > 0 ? <NeighboursTable label={title} neighbours={neighbours} /> : empty}
    </Section>
  )
}

const isSuccession = ({ relation }: NeighbourResource) => relation === 'replaced_by'

/** What it took over from and what takes over from it: nothing flows there. */
function Succession({ of: neighbours }: { of: readonly NeighbourResource[] }) {
  if (neighbours.length === 0) return null
  return (
    <Section title="Succession" note="One takes over from the other; no values flow between them.">
      <NeighboursTable label="Succession" neighbours={neighbours} />
    </Section>
  )
}

const mostInAddress = 40

function NoUpstream({ view: { acts, place } }: { view: GroupView }) {
  return (
    <EmptyState
      title="Nothing is recorded that feeds it: rows are pushed"
      action={
        acts.ingest.allowed ? (
          <ButtonLink href={formHref(place, 'ingest')}>Ingest rows</ButtonLink>
        ) : undefined
      }
    >
      A version whose source is named, or whose transformation reads other groups, shows them here.
    </EmptyState>
  )
}

function NoDownstream({ view }: { view: GroupView }) {
  const names = usableAsset(view).features.slice(0, mostInAddress)
  const features = names.map(({ name }) => `${view.group.name}:${name}`).join(',')
  return (
    <EmptyState
      title="Nothing is recorded that reads it"
      action={
        isUsable(view) ? (
          <ButtonLink href={withParams('/datasets/new', '', { features })}>
            Build a training dataset
          </ButtonLink>
        ) : undefined
      }
    >
      Feature services that select from it, datasets built from it and groups made out of it stand here.
    </EmptyState>
  )
}

/** One hop each way: what the group reads from, what reads it; and how it is made. */
export function LineageTab({ view }: { view: GroupView }) {
  const { group, environment } = view
  return (
    <Part
      what="The lineage"
      environment={environment}
      work={(ctx) => getNeighbours(ctx, { kind: 'group', names: namesOf(view) })}
    >
      {({ upstream, downstream }) => (
        <div className="flex flex-col gap-8">
          <Succession
            of={[
              ...upstream.filter(isSuccession).map((one) => ({ ...one, relation: 'predecessor' })),
              ...downstream.filter(isSuccession).map((one) => ({ ...one, relation: 'successor' })),
            ]}
          />
          <Direction
            title="Reads from"
            empty={<NoUpstream view={view} />}
            neighbours={upstream.filter((one) => !isSuccession(one))}
          />
          <Direction
            title="Feeds and describes"
            empty={<NoDownstream view={view} />}
            neighbours={downstream.filter((one) => !isSuccession(one))}
          />
          {group.transformation ? (
            <Section
              title="Transformation"
              note="Run over its inputs from the newest event time on; kept with the version."
            >
              <CodeBlock language="SQL" code={group.transformation.sql} />
            </Section>
          ) : null}
        </div>
      )}
    </Part>
  )
}
