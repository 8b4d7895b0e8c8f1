import Link from 'next/link'
import { RedOnPurpose } from '@/components/sample/red-on-purpose'
import { Banner } from '@/components/ui/callout'
import { plural } from '@/components/ui/format-number'
import { formatDay } from '@/components/ui/format-time'
import { toRoute } from '@/components/ui/route'
import { decide, systemResource } from '@/lib/authz'
import { pageContext } from '@/lib/http/page-context'
import { daysHeldBack, readSampleState } from '@/lib/sample'

const settings = toRoute('/settings/sample')

/** Which days have not arrived, and the way to bring them in for those who may. */
function HeldBack({ days, mayReplay }: { days: readonly string[]; mayReplay: boolean }) {
  const [first] = days
  if (first === undefined) {
    return mayReplay ? (
      <Link className="link max-md:hidden" href={settings}>
        All days have arrived.
      </Link>
    ) : null
  }
  return (
    <>
      The {plural(days.length, 'day')} from {formatDay(first)} on {days.length === 1 ? 'is' : 'are'} held back
      <RedOnPurpose />
      {mayReplay ? (
        <span className="max-md:hidden">
          ;{' '}
          <Link className="link" href={settings}>
            bring {days.length === 1 ? 'it' : 'them'} in
          </Link>{' '}
          or run <code className="font-mono text-12">npm run almanac -- sample replay</code>
        </span>
      ) : null}
      .
    </>
  )
}

/** Says on every page that marked assets are not the reader's own, and what was done to their dates; short on a phone. */
export async function SampleBanner() {
  const state = await readSampleState()
  if (!state || state.state === 'removed') return null
  if (state.state === 'loading')
    return <Banner label="Sample data">It is being loaded; groups appear as they are ready.</Banner>
  const mayReplay = decide(await pageContext(), 'settings:manage', systemResource).allowed
  return (
    <Banner label="Sample data">
      US flights of 2001
      <span className="max-md:hidden">, moved forward by {plural(state.shift_weeks, 'week')}</span>.{' '}
      <HeldBack days={daysHeldBack(state)} mayReplay={mayReplay} />
    </Banner>
  )
}
