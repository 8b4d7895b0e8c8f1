import { groupHref } from '@/components/feature-group/place'
import { VersionDiff } from '@/components/feature-group/version-diff'
import { VersionsTable } from '@/components/feature-group/versions-table'
import { Section } from '@/components/ui/section'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { diffVersions } from '@/lib/registry'
import { type GroupView, type PageParams, textOf } from '../load-group'
import { Part } from '../part'

/** The version that the shown one is compared with: the address's, else the one before it, else the one after. */
function otherOf({ group }: GroupView, query: PageParams): number | null {
  const majors = group.versions.map(({ version }) => version).filter((major) => major !== group.version)
  const asked = Number(textOf(query.against))
  return (
    majors.find((major) => major === asked) ??
    majors.find((major) => major < group.version) ??
    majors.at(-1) ??
    null
  )
}

function Differences({ view, other }: { view: GroupView; other: number }) {
  const { group, place, environment } = view
  const [from, to] = [Math.min(other, group.version), Math.max(other, group.version)]
  const others = group.versions.filter(({ version }) => version !== group.version)
  return (
    <Section
      title={`What changed from version ${from} to ${to}`}
      aside={
        others.length > 1 ? (
          <SegmentedControl
            label={`Compare version ${group.version} with`}
            value={String(other)}
            segments={others.map(({ version }) => ({
              value: String(version),
              label: `@${version}`,
              href: groupHref(place, 'versions', { against: version }),
            }))}
          />
        ) : undefined
      }
    >
      <Part
        what="The difference"
        environment={environment}
        work={(ctx) => diffVersions(ctx, group.name, from, to)}
      >
        {(diff) => <VersionDiff diff={diff} />}
      </Part>
    </Section>
  )
}

/** All versions, and what the shown one changed. */
export function VersionsTab({ view, query }: { view: GroupView; query: PageParams }) {
  const { group, place } = view
  const other = otherOf(view, query)
  return (
    <div className="flex flex-col gap-8">
      <VersionsTable versions={group.versions} place={place} shown={group.version} />
      {other === null ? (
        <p className="prose text-muted">
          One version so far. A change that is not compatible becomes version {group.version + 1}, with data
          of its own; what it changes is then shown here.
        </p>
      ) : (
        <Differences view={view} other={other} />
      )}
    </div>
  )
}
