import type { ReactNode } from 'react'
import { assetHref } from '@/components/catalog/asset-href'
import { ImpactList } from '@/components/deprecate/impact-list'
import { formHref } from '@/components/feature-group/place'
import { ButtonLink } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { EmptyState } from '@/components/ui/empty-state'
import { Section } from '@/components/ui/section'
import type { ImpactResource, VersionResource } from '@/lib/registry/operations'
import { ArchivalCallout } from './archival-callout'
import { ArchiveForm } from './archive-form'
import { archiveConsequences } from './consequences'
import { RestoreButton } from './restore-form'
import { archivePath, restoreEffect, restorePath } from './words'

interface ArchivePageProps {
  version: VersionResource
  team: string
  impact: ImpactResource
}

/** Why it stays for now, and what would let it go. */
function Refused({ version, impact }: Omit<ArchivePageProps, 'team'>) {
  const { group, version: major, state } = version
  const place = { name: group, version: major, environment: null }
  const isToDeprecate = state === 'active'
  return (
    <div className="flex max-w-140 flex-col gap-4">
      <Callout
        tone="warn"
        title="Not now"
        {...(isToDeprecate
          ? { action: <ButtonLink href={formHref(place, 'deprecate')}>Deprecate…</ButtonLink> }
          : {})}
      >
        {impact.refused?.because}
      </Callout>
      <p className="text-muted">
        What is used is not archived over the heads of those who use it. Who they are stands beside this.
      </p>
    </div>
  )
}

function ArchivedNow({ version, team }: Omit<ArchivePageProps, 'impact'>) {
  const { group, version: major } = version
  return (
    <div className="flex max-w-140 flex-col gap-6">
      <ArchivalCallout archival={version.archival} team={team} />
      <Section title="Take it back" note={restoreEffect(version)}>
        <RestoreButton
          name={`${group}@${major}`}
          path={restorePath(group, major)}
          effect={restoreEffect(version)}
        />
      </Section>
    </div>
  )
}

function Act({ version, team, impact }: ArchivePageProps): ReactNode {
  const { group, version: major, state } = version
  if (state === 'archived') return <ArchivedNow version={version} team={team} />
  if (state === 'draft' || state === 'in_review')
    return (
      <EmptyState
        title={`${group}@${major} is ${state.replace('_', ' ')}`}
        action={<ButtonLink href={assetHref('group', group)}>Open {group}</ButtonLink>}
      >
        It was never served, so there is nothing to archive.
      </EmptyState>
    )
  if (impact.refused) return <Refused version={version} impact={impact} />
  const after = state === 'deprecated' ? 'deprecated' : 'active'
  const { online, transformation } = version
  return (
    <ArchiveForm
      name={`${group}@${major}`}
      path={archivePath(group, major)}
      effects={archiveConsequences({ online, hasTransformation: transformation !== null }, impact)}
      undo={`It can be restored: it is ${after} again, and its rows come back online.`}
    />
  )
}

/** Archiving a version, or taking that back, beside those whom it concerns. */
export function ArchivePage(props: ArchivePageProps) {
  return (
    <div className="grid gap-8 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
      <Act {...props} />
      <ImpactList impact={props.impact} />
    </div>
  )
}
