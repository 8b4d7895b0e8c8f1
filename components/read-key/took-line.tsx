import { formatMilliseconds } from '@/components/ui/format-number'
import type { Took } from './timed-request'

/** "2 ms in the portal, 14 ms seen from here". */
export function TookLine({ took }: { took: Took }) {
  return (
    <span className="text-muted">
      {took.serverMs === null ? null : (
        <>
          <span className="num">{formatMilliseconds(took.serverMs)}</span> in the portal,{' '}
        </>
      )}
      <span className="num">{formatMilliseconds(took.roundTripMs)}</span> seen from here
    </span>
  )
}
