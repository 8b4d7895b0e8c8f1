import { Suspense } from 'react'
import { MaskedNote } from '@/components/feature-group/masked-note'
import { ReadKey } from '@/components/feature-group/read-key'
import { parseRowsAnswer } from '@/components/feature-group/rows-answer'
import { RowsTable } from '@/components/feature-group/rows-table'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { withParams } from '@/components/ui/route'
import { Section } from '@/components/ui/section'
import { SkeletonRows } from '@/components/ui/skeleton'
import { latestRows } from '@/lib/offline'
import type { GroupView, PageParams } from '../load-group'
import { NoRows } from '../no-rows'
import { Part } from '../part'
import { Commits } from './commits'

const shownRows = 50

/** The same rows as a file: what is masked here has no column there. */
const rowsCsv = ({ group, environment }: GroupView) =>
  withParams(`/api/v1/feature-groups/${encodeURIComponent(group.name)}/rows`, '', {
    format: 'csv',
    version: group.version,
    environment,
    limit: shownRows,
  })

function LatestRows({ view }: { view: GroupView }) {
  const { group, environment } = view
  return (
    <Part
      what="The rows"
      environment={environment}
      work={async (ctx) => {
        const { name, version } = group
        const { body } = await latestRows(ctx, {
          group: name,
          version,
          limit: shownRows,
          int64AsString: true,
        })
        return parseRowsAnswer(body)
      }}
    >
      {(answer) =>
        answer.rows.length === 0 ? (
          <NoRows view={view} />
        ) : (
          <>
            <MaskedNote masked={answer.masked ?? []} />
            <RowsTable label={`Latest rows of ${group.name}`} {...answer} />
            <p className="mt-2">
              <ButtonLink href={rowsCsv(view)} download variant="quiet" size="small">
                CSV of these rows
              </ButtonLink>
            </p>
          </>
        )
      }
    </Part>
  )
}

/** One key, the newest rows, and how they came. */
export function DataTab({ view, query }: { view: GroupView; query: PageParams }) {
  const { group, environment, isHere, acts } = view
  if (!isHere) return <NoRows view={view} />
  const commits = (
    <Suspense fallback={<SkeletonRows rows={4} columns={3} />}>
      <Commits view={view} query={query} />
    </Suspense>
  )
  if (group.state === 'archived')
    return (
      <div className="flex flex-col gap-8">
        <EmptyState title={`The rows of ${group.name}@${group.version} are not read while it is archived`}>
          They stay in the history as they are, and are read again once it is restored.
        </EmptyState>
        {commits}
      </div>
    )
  return (
    <div className="flex flex-col gap-8">
      {acts.read.allowed ? (
        <Section
          title="Read one key"
          note="As a model reads it: the newest row of the key in the online store."
        >
          <ReadKey
            group={group.name}
            version={group.version}
            environment={environment}
            keys={group.keys}
            online={group.online}
          />
        </Section>
      ) : null}
      <Section
        title="Latest rows"
        note={`The ${shownRows} newest of the history by event time; each look leaves a row in the audit log.`}
      >
        <Suspense fallback={<SkeletonRows rows={10} columns={6} />}>
          <LatestRows view={view} />
        </Suspense>
      </Section>
      {commits}
    </div>
  )
}
