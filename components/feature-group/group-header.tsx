import type { ReactNode } from 'react'
import { KindGlyph } from '@/components/icons/kind-glyph'
import { PageHeader } from '@/components/layout/page-header'
import { Lifecycle } from '@/components/ui/lifecycle'
import type { GroupResource } from '@/lib/registry/operations'
import { type GroupPlace, type GroupTab, groupHref, groupTabs, tabLabels } from './place'
import { type VersionChoice, VersionSwitch } from './version-switch'

function choicesOf(group: GroupResource, place: GroupPlace): VersionChoice[] {
  return group.versions.map(({ version, state, environments }) => {
    const promoted = environments.filter((one) => one.state === 'promoted').map(({ name }) => name)
    const served = promoted.length > 0 ? `, promoted in ${promoted.join(', ')}` : ''
    return {
      version,
      detail: `${state.replace('_', ' ')}${served}`,
      href: groupHref({ ...place, version }),
    }
  })
}

interface GroupHeaderProps {
  group: GroupResource
  place: GroupPlace
  tab: GroupTab
  actions: ReactNode
  /** The word that says whether it is certified. */
  certification: ReactNode
  /** Verdict, strip and what changes how the page is read. */
  status: ReactNode
}

/** Where this is, what it is called, in which state, and what can be done with it. */
export function GroupHeader({ group, place, tab, actions, certification, status }: GroupHeaderProps) {
  const counts: Partial<Record<GroupTab, number>> = {
    features: group.features.length,
    versions: group.versions.length,
  }
  return (
    <PageHeader
      size="asset"
      breadcrumbs={{
        crumbs: [
          { label: 'Catalogue', href: '/catalog' },
          { label: 'Feature groups', href: '/catalog?kind=group' },
          { label: group.name, mono: true },
        ],
        fullName: `${group.name}@${group.version}`,
      }}
      before={<KindGlyph kind="group" title="Feature group" className="text-muted" />}
      title={group.name}
      after={
        <>
          <VersionSwitch version={group.version} choices={choicesOf(group, place)} />
          <Lifecycle state={group.state} />
          {certification}
          {group.sample ? <span className="text-12 text-muted">sample</span> : null}
        </>
      }
      actions={actions}
      status={status}
      tabs={groupTabs.map((one) => {
        const count = counts[one]
        return {
          label: tabLabels[one],
          href: groupHref(place, one),
          current: one === tab,
          ...(count === undefined ? {} : { count }),
        }
      })}
    />
  )
}
