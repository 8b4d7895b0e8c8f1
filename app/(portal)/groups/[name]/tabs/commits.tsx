import Link from 'next/link'
import { CommitActions } from '@/components/feature-group/commit-actions'
import { CommitTimeline } from '@/components/feature-group/commit-timeline'
import { kindNames } from '@/components/feature-group/commit-words'
import { Materialize } from '@/components/feature-group/materialize'
import { groupHref } from '@/components/feature-group/place'
import { ButtonLink } from '@/components/ui/button'
import { plural } from '@/components/ui/format-number'
import { toRoute, withParams } from '@/components/ui/route'
import { Section } from '@/components/ui/section'
import { SegmentedControl } from '@/components/ui/segmented-control'
import type { Context } from '@/lib/core/context'
import { listCommits } from '@/lib/ingestion'
import type { CommitResource } from '@/lib/ingestion/operations'
import { listJobs } from '@/lib/jobs'
import { type GroupView, type PageParams, textOf } from '../load-group'
import { Part } from '../part'

type Page = Awaited<ReturnType<typeof listCommits>>

interface Filters {
  kind: CommitResource['kind'] | null
  state: CommitResource['state'] | null
  cursor: string | null
}

function filtersOf(query: PageParams): Filters {
  const state = textOf(query.commits)
  return {
    kind: kindNames.find(({ value }) => value === textOf(query.kind))?.value ?? null,
    state: state === 'in_force' || state === 'reverted' ? state : null,
    cursor: textOf(query.cursor),
  }
}

/** The materialization of this version that is under way, if any. */
async function runningJob(ctx: Context, { group, environment }: GroupView): Promise<string | null> {
  const { data } = await listJobs(ctx, { kind: 'materialize', resource: group.name, limit: 20 })
  const job = data.find(
    (one) => (one.state === 'queued' || one.state === 'running') && one.environment === environment,
  )
  return job?.id ?? null
}

async function loadCommits(ctx: Context, view: GroupView, { kind, state, cursor }: Filters) {
  const page = await listCommits(ctx, {
    group: view.group.name,
    version: view.group.version,
    limit: 20,
    ...(kind ? { kind } : {}),
    ...(state ? { state } : {}),
    ...(cursor ? { cursor } : {}),
  })
  return { page, job: page.online.state === 'not_online' ? null : await runningJob(ctx, view) }
}

function FilterBar({ view, filters }: { view: GroupView; filters: Filters }) {
  const { kind, state } = filters
  const href = (next: Partial<Filters>) => {
    const { kind: ofKind, state: ofState } = { ...filters, ...next }
    return groupHref(view.place, 'data', { kind: ofKind, commits: ofState })
  }
  const csv = withParams(`/api/v1/feature-groups/${encodeURIComponent(view.group.name)}/commits`, '', {
    format: 'csv',
    version: view.group.version,
    environment: view.environment,
    kind,
    state,
  })
  return (
    <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-2">
      <SegmentedControl
        label="State"
        value={state ?? ''}
        segments={[
          { value: '', label: 'All', href: href({ state: null }) },
          { value: 'in_force', label: 'In force', href: href({ state: 'in_force' }) },
          { value: 'reverted', label: 'Reverted', href: href({ state: 'reverted' }) },
        ]}
      />
      <SegmentedControl
        label="Kind"
        value={kind ?? ''}
        segments={[
          { value: '', label: 'Every kind', href: href({ kind: null }) },
          ...kindNames.map((one) => ({ ...one, href: href({ kind: one.value }) })),
        ]}
      />
      <ButtonLink href={csv} download variant="quiet" size="small">
        CSV
      </ButtonLink>
    </div>
  )
}

function Pager({ view, filters, next }: { view: GroupView; filters: Filters; next: string | null }) {
  const { kind, state, cursor } = filters
  const href = (to: string | null) => groupHref(view.place, 'data', { kind, commits: state, cursor: to })
  return (
    <p className="mt-2 flex gap-4">
      {cursor ? (
        <Link className="link" href={toRoute(href(null))}>
          Newest commits
        </Link>
      ) : null}
      {next ? (
        <Link className="link" href={toRoute(href(next))}>
          Older commits
        </Link>
      ) : null}
    </p>
  )
}

function Timeline({ view, page, filters }: { view: GroupView; page: Page; filters: Filters }) {
  const { ingest } = view.acts
  const refused = ingest.allowed ? null : `You may not revert it: ${ingest.because}`
  if (page.data.length === 0)
    return (
      <p className="text-muted">
        {filters.kind || filters.state ? 'No commit is of this kind and state.' : 'Nothing has arrived yet.'}
      </p>
    )
  return (
    <CommitTimeline
      commits={page.data}
      act={(commit) => <CommitActions commit={commit} refused={refused} />}
    />
  )
}

/** How rows came, what each commit changed, and what waits to go online. */
export function Commits({ view, query }: { view: GroupView; query: PageParams }) {
  const { group, environment, acts } = view
  const filters = filtersOf(query)
  return (
    <Part what="The commits" environment={environment} work={(ctx) => loadCommits(ctx, view, filters)}>
      {({ page, job }) => (
        <Section title="Commits" aside={plural(page.meta.total, 'commit')}>
          <div className="mb-3 empty:hidden">
            <Materialize
              group={group.name}
              version={group.version}
              environment={environment}
              waiting={page.online.waiting}
              watermark={page.online.watermark}
              job={job}
              refused={acts.materialize.allowed ? null : `You may not: ${acts.materialize.because}`}
            />
          </div>
          <FilterBar view={view} filters={filters} />
          <Timeline view={view} page={page} filters={filters} />
          <Pager view={view} filters={filters} next={page.meta.next_cursor} />
        </Section>
      )}
    </Part>
  )
}
