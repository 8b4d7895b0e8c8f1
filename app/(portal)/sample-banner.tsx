import { Banner } from '@/components/ui/callout'
import { readSampleState } from '@/lib/sample'

/** Says on every page that the assets marked as sample are not the reader's own, and what was done to their dates. */
export async function SampleBanner() {
  const state = await readSampleState()
  if (!state || state.state === 'removed') return null
  return (
    <Banner label="Sample data">
      US flights of January to June 2001, moved forward by {state.shift_weeks} weeks; from {state.next_day} on
      they are held back until <code className="font-mono text-12">npm run almanac -- sample replay</code>{' '}
      brings them, so freshness turns red on purpose.
    </Banner>
  )
}
