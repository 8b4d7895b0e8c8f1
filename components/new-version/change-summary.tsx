import type { ReactNode } from 'react'
import { Impact } from '@/components/review/impact'
import { Callout } from '@/components/ui/callout'
import { plural } from '@/components/ui/format-number'
import { Section } from '@/components/ui/section'
import { ClassWord } from '@/components/versions/class-word'
import type { GroupResource, ImpactResource, VersionPreviewResource } from '@/lib/registry/operations'

interface ChangeSummaryProps {
  group: GroupResource
  /** What the server says of the grid as it stands; null: not yet, or there are faults. */
  preview: VersionPreviewResource | null
  hasFaults: boolean
  /** Which fields they are in: a cell of the grid may be out of sight. */
  faults: ReactNode
  impact: ImpactResource
}

const shown = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return 'nothing'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const lines = text.split('\n').length
  return lines > 3 ? plural(lines, 'line') : text
}

function outcomeOf({ group, preview, hasFaults }: ChangeSummaryProps): { title: string; text: string } {
  if (hasFaults) return { title: 'Not yet a version', text: 'The form says where:' }
  if (!preview) return { title: 'Being compared', text: `With version ${group.version}.` }
  if (preview.becomes === 'nothing')
    return { title: 'Nothing differs yet', text: `From version ${preview.base}.` }
  const second = preview.review ? ' A second person decides first.' : ''
  if (preview.change === 'compatible')
    return {
      title: `Becomes the next revision of version ${preview.base}`,
      text: `Compatible: on the same data, and readers notice nothing.${second || ' In force at once.'}`,
    }
  return {
    title: `Becomes version ${preview.version}, with data of its own`,
    text: `Breaking for who reads version ${preview.base}, which goes on until it is deprecated.${second}`,
  }
}

/** What the change would become, what it breaks and who is hit, while it is being typed. */
export function ChangeSummary(props: ChangeSummaryProps) {
  const { preview, impact } = props
  const { title, text } = outcomeOf(props)
  const isBreaking = preview?.change === 'breaking'
  return (
    <aside aria-label="Preview" className="flex min-w-0 flex-col gap-5">
      <div aria-live="polite">
        <Callout tone={isBreaking ? 'warn' : 'note'} title={title}>
          {text}
          {props.hasFaults ? props.faults : null}
        </Callout>
      </div>
      {preview && preview.changes.length > 0 ? (
        <Section title={plural(preview.changes.length, 'change')}>
          <ul className="border-t">
            {preview.changes.map((change) => (
              <li key={change.field} className="flex flex-col gap-0.5 border-b py-1.5">
                <span className="flex items-baseline justify-between gap-3">
                  <span className="min-w-0 font-mono text-12 [overflow-wrap:anywhere]">{change.field}</span>
                  <ClassWord of={change.class} />
                </span>
                <span className="text-12 text-muted [overflow-wrap:anywhere]">
                  {shown(change.old)} → {shown(change.new)}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Impact impact={impact} />
    </aside>
  )
}
