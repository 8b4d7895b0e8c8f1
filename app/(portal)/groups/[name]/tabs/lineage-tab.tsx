import { NeighboursTable } from '@/components/feature-group/neighbours-table'
import { CodeBlock } from '@/components/ui/code-block'
import { Section } from '@/components/ui/section'
import { getNeighbours } from '@/lib/catalog'
import type { NeighbourResource } from '@/lib/catalog/operations'
import type { GroupView } from '../load-group'
import { Part } from '../part'

const namesOf = ({ group }: GroupView) => [
  group.name,
  ...group.versions.map(({ version }) => `${group.name}@${version}`),
]

function Direction(props: { title: string; empty: string; neighbours: readonly NeighbourResource[] }) {
  const { title, empty, neighbours } = props
  return (
    <Section title={title}>
      {neighbours.length > 0 ? (
        <NeighboursTable label={title} neighbours={neighbours} />
      ) : (
        <p className="text-muted">{empty}</p>
      )}
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
            empty="Nothing is recorded that feeds it: rows are pushed."
            neighbours={upstream.filter((one) => !isSuccession(one))}
          />
          <Direction
            title="Feeds and describes"
            empty="Nothing is recorded that reads it."
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
