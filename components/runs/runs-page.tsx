import { ButtonLink } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { CodeBlock } from '@/components/ui/code-block'
import { EmptyState } from '@/components/ui/empty-state'
import { Name } from '@/components/ui/name'
import { Section } from '@/components/ui/section'
import type { TransformationRunResource } from '@/lib/ingestion/operations'
import { RunNow } from './run-now'
import { RunsTable } from './runs-table'

export interface RunsPageProps {
  group: string
  version: number
  environment: string
  transformation: { sql: string; inputs: { name: string; href: string }[] } | null
  /** Why the reader may not run it; null when they may. */
  refusal: string | null
  page: { data: TransformationRunResource[]; meta: { next_cursor: string | null; total: number } }
  cursor: string | null
  limit: number
}

function Transformation({ sql, inputs }: NonNullable<RunsPageProps['transformation']>) {
  return (
    <Section
      title="What it computes"
      note={
        inputs.length > 0 ? (
          <span className="inline-flex flex-wrap items-baseline gap-x-2">
            Reads
            {inputs.map(({ name, href }) => (
              <Name key={name} name={name} href={href} />
            ))}
          </span>
        ) : (
          'Reads nothing.'
        )
      }
    >
      <CodeBlock language="SQL" code={sql} />
    </Section>
  )
}

/** Run now, what was run, and the SQL that runs. */
export function RunsPage(props: RunsPageProps) {
  const { group, version, environment, transformation, refusal, page, cursor, limit } = props
  if (!transformation && page.data.length === 0) {
    return (
      <EmptyState
        title="It has no transformation"
        action={<ButtonLink href={`/groups/${encodeURIComponent(group)}/ingest`}>Ingest rows</ButtonLink>}
      >
        Rows of version {version} are pushed or brought as files. A version with a transformation computes
        them from sources and other groups, and its runs stand here.
      </EmptyState>
    )
  }
  return (
    <div className="flex flex-col gap-8">
      {transformation && refusal === null ? (
        <RunNow group={group} version={version} environment={environment} />
      ) : null}
      {transformation && refusal !== null ? (
        <Callout tone="warn" title="Running it is not yours">
          {refusal}
        </Callout>
      ) : null}
      <Section title="History">
        <RunsTable page={page} cursor={cursor} limit={limit} />
      </Section>
      {transformation ? <Transformation {...transformation} /> : null}
    </div>
  )
}
