import { Callout } from '@/components/ui/callout'
import { MarkedProse } from '@/components/ui/marked-prose'

interface FaultSummaryProps {
  /** What did not happen: "Not registered". */
  title: string
  /** Reasons by form path. */
  fields: Readonly<Record<string, string>>
  /** The words of each field; a path without one is told by itself. */
  labels: Readonly<Record<string, string>>
}

const wordOf = (path: string, labels: FaultSummaryProps['labels']): string => {
  const [first = '', index] = path.split('.')
  const word = labels[path] ?? labels[first] ?? path
  return index === undefined || labels[path] ? word : `${word}, line ${Number(index) + 1}`
}

/** Which fields are at fault, each by its word. */
export function FaultLines({ fields, labels }: Pick<FaultSummaryProps, 'fields' | 'labels'>) {
  return (
    <ul className="list-disc pl-4">
      {Object.entries(fields).map(([path, reason]) => (
        <li key={path}>
          {wordOf(path, labels)}: <MarkedProse text={reason} />
        </li>
      ))}
    </ul>
  )
}

/** Beside the button that was pressed: which fields stand in the way, since they may be far up the page. */
export function FaultSummary({ title, fields, labels }: FaultSummaryProps) {
  if (Object.keys(fields).length === 0) return null
  return (
    <div role="alert">
      <Callout tone="fail" title={title}>
        <FaultLines fields={fields} labels={labels} />
      </Callout>
    </div>
  )
}
