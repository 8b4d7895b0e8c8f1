import { ButtonLink } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { CodeBlock } from '@/components/ui/code-block'
import { EmptyState } from '@/components/ui/empty-state'
import { Name } from '@/components/ui/name'
import { Section } from '@/components/ui/section'
import type {
  CoverageResource,
  TransformationRunResource,
  TransformationStatusResource,
} from '@/lib/ingestion/operations'
import { CoverageSection } from './coverage-section'
import { RunNow } from './run-now'
import { RunsTable } from './runs-table'
import { ScheduleFacts } from './schedule-facts'
import { StandsStill } from './stands-still'
import { TestsSection } from './tests-section'
import type { RunPlace } from './use-queued-run'

interface Definition {
  sql: string
  inputs: { name: string; href: string }[]
  tests: { name: string; description: string | null }[]
  status: TransformationStatusResource
  coverage: CoverageResource
}

export interface RunsPageProps {
  place: RunPlace
  /** Null: rows of the version are pushed. */
  transformation: Definition | null
  /** Why the reader may not run it; null when they may. */
  refusal: string | null
  page: { data: TransformationRunResource[]; meta: { next_cursor: string | null; total: number } }
  cursor: string | null
  limit: number
  /** The present day, UTC. */
  today: string
}

function Inputs({ inputs }: Pick<Definition, 'inputs'>) {
  if (inputs.length === 0) return 'Reads nothing.'
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-2">
      Reads
      {inputs.map(({ name, href }) => (
        <Name key={name} name={name} href={href} />
      ))}
    </span>
  )
}

function Pushed({ group, version }: RunPlace) {
  return (
    <EmptyState
      title="It has no transformation"
      action={<ButtonLink href={`/groups/${encodeURIComponent(group)}/ingest`}>Ingest rows</ButtonLink>}
    >
      Rows of version {version} are pushed or brought as files. A version with a transformation computes them
      from sources and other groups, and its runs stand here.
    </EmptyState>
  )
}

/** The job that is under way and can be watched. */
const runningOf = ({ data }: RunsPageProps['page']) => data.find(({ can_cancel }) => can_cancel)?.job ?? null

function Acts({ place, transformation, refusal, page }: RunsPageProps) {
  const { refusal: still } = transformation?.status ?? { refusal: null }
  return (
    <>
      {still ? <StandsStill place={place} reason={still} mayRun={refusal === null} /> : null}
      {refusal === null ? (
        <RunNow {...place} running={runningOf(page)} />
      ) : (
        <Callout tone="warn" title="Running it is not yours">
          {refusal}
        </Callout>
      )}
    </>
  )
}

/** Run now, when it runs by itself, what it has computed, its tests, and the SQL that runs. */
export function RunsPage(props: RunsPageProps) {
  const { place, transformation, refusal, page, cursor, limit, today } = props
  if (!transformation && page.data.length === 0) return <Pushed {...place} />
  const { group, version, environment } = place
  const query = `?version=${version}&environment=${encodeURIComponent(environment)}`
  const hrefOf = (job: string) => `/groups/${encodeURIComponent(group)}/runs/${job}${query}`
  return (
    <div className="flex flex-col gap-8">
      {transformation ? <Acts {...props} /> : null}
      {transformation ? (
        <div className="grid gap-8 lg:grid-cols-[7fr_5fr]">
          <CoverageSection
            coverage={transformation.coverage}
            place={place}
            mayRun={refusal === null}
            today={today}
          />
          <Section title="When it runs">
            <ScheduleFacts status={transformation.status} />
          </Section>
        </div>
      ) : null}
      <Section title="History">
        <RunsTable page={page} hrefOf={hrefOf} cursor={cursor} limit={limit} />
      </Section>
      {transformation ? <TestsSection place={place} tests={transformation.tests} /> : null}
      {transformation ? (
        <Section title="What it computes" note={<Inputs inputs={transformation.inputs} />}>
          <CodeBlock language="SQL" code={transformation.sql} />
        </Section>
      ) : null}
    </div>
  )
}
