import { assetHref } from '@/components/catalog/asset-href'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { withParams } from '@/components/ui/route'
import { SegmentedControl } from '@/components/ui/segmented-control'
import type {
  DeprecationStateResource,
  ImpactResource,
  VersionResource,
  VersionSummaryResource,
} from '@/lib/registry/operations'
import { DeprecateForm } from './deprecate-form'
import { DeprecatedNow } from './deprecated-now'
import { ImpactList } from './impact-list'

interface DeprecationPageProps {
  version: VersionResource
  impact: ImpactResource
  /** Every version of the group. */
  versions: readonly VersionSummaryResource[]
  /** The one that the catalogue speaks of. */
  shown: number
  /** Of a deprecated version: who was told, who reads on, who may read longer. */
  standing: DeprecationStateResource | null
}

const pageOf = (group: string) => `${assetHref('group', group)}/deprecate`

function Versions({ version, versions }: Pick<DeprecationPageProps, 'version' | 'versions'>) {
  if (versions.length < 2) return null
  return (
    <SegmentedControl
      label="Version"
      className="mb-4"
      value={String(version.version)}
      segments={versions.map((one) => ({
        value: String(one.version),
        label: `@${one.version} ${one.state.replace('_', ' ')}`,
        href: withParams(pageOf(version.group), '', { version: one.version }),
      }))}
    />
  )
}

function Act({ version, impact, versions, shown, standing }: DeprecationPageProps) {
  const { group, state, deprecation } = version
  if (state === 'deprecated' && deprecation && standing)
    return (
      <DeprecatedNow group={group} version={version.version} deprecation={deprecation} state={standing} />
    )
  if (state === 'active') {
    const siblings = versions
      .filter((one) => one.state === 'active' && one.version !== version.version)
      .map((one) => `${group}@${one.version}`)
    return (
      <DeprecateForm
        key={version.version}
        impact={impact}
        siblings={siblings}
        isShown={version.version === shown}
      />
    )
  }
  return (
    <EmptyState
      title={`${group}@${version.version} is ${state.replace('_', ' ')}`}
      action={<ButtonLink href={assetHref('group', group)}>Open {group}</ButtonLink>}
    >
      Only an active version can be deprecated.
    </EmptyState>
  )
}

/** Deprecating a version, or taking that back, beside those whom it concerns. */
export function DeprecationPage(props: DeprecationPageProps) {
  return (
    <>
      <Versions version={props.version} versions={props.versions} />
      <div className="grid gap-8 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
        <Act {...props} />
        <ImpactList impact={props.impact} />
      </div>
    </>
  )
}
