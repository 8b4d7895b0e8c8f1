import { RestoreButton } from '@/components/archive/restore-form'
import { restorePath } from '@/components/archive/words'
import { DeprecationCallout } from '@/components/feature-group/deprecation-callout'
import { CodeBlock } from '@/components/ui/code-block'
import { Section } from '@/components/ui/section'
import type { DeprecationStateResource, VersionResource } from '@/lib/registry/operations'
import { ChangeDialog } from './change-dialog'
import { DeprecationState } from './deprecation-state'
import { headersSeen } from './headers-seen'

type Deprecation = NonNullable<VersionResource['deprecation']>

interface DeprecatedNowProps {
  group: string
  version: number
  deprecation: Deprecation
  state: DeprecationStateResource
}

/** A version that is deprecated: why, what its readers are told, and the way back. */
export function DeprecatedNow({ group, version, deprecation, state }: DeprecatedNowProps) {
  return (
    <div className="flex max-w-180 min-w-0 flex-col gap-6">
      <div className="flex flex-col items-start gap-3">
        <DeprecationCallout deprecation={deprecation} />
        <ChangeDialog key={state.etag} state={state} />
      </div>
      <DeprecationState state={state} />
      <Section title="What readers are told" note="In the headers of every answer that holds its values.">
        <CodeBlock language="Headers" code={headersSeen(deprecation).join('\n')} />
      </Section>
      <Section
        title="Take it back"
        note="Restored, the version is active again: nobody is warned any more, and new services may name it."
      >
        <RestoreButton
          name={`${group}@${version}`}
          path={restorePath(group, version)}
          effect="The version is active again: readers are no longer warned, and new services may name it."
        />
      </Section>
    </div>
  )
}
