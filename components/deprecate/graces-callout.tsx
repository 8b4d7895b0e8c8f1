import { Callout } from '@/components/ui/callout'
import { Time } from '@/components/ui/time'

interface GracesCalloutProps {
  graces: readonly { kind: 'all' | 'key' | 'person'; name: string; until: string }[]
}

/** Who reads on past a sunset. */
export function GracesCallout({ graces }: GracesCalloutProps) {
  if (graces.length === 0) return null
  return (
    <Callout tone="note" title="Read past its sunset">
      <ul>
        {graces.map(({ kind, name, until }) => (
          <li key={`${kind} ${name} ${until}`}>
            {kind === 'key' ? 'API key ' : null}
            {kind === 'all' ? 'Everybody' : name}, until <Time at={until} precision="day" />
          </li>
        ))}
      </ul>
    </Callout>
  )
}
