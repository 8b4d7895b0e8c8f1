import { withParams } from '@/components/ui/route'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { usageSpans } from './spans'

interface ChoicesProps {
  href: string
  by: string
  span: string
  subjects: readonly { value: string; label: string }[]
  /** What the list is narrowed to: it stays. */
  within?: Record<string, string>
}

/** What is listed, and how far back; both are the address. */
export function Choices({ href, by, span, subjects, within = {} }: ChoicesProps) {
  return (
    <div className="mb-5 flex flex-wrap gap-3">
      <SegmentedControl
        label="Listed by"
        value={by}
        segments={subjects.map(({ value, label }) => ({
          value,
          label,
          href: withParams(href, '', { ...within, by: value, span }),
        }))}
      />
      <SegmentedControl
        label="How far back"
        value={span}
        segments={usageSpans.map(({ id, label }) => ({
          value: id,
          label,
          href: withParams(href, '', { ...within, by, span: id }),
        }))}
      />
    </div>
  )
}
