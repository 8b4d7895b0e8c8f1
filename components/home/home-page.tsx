import Link from 'next/link'
import { ReviewQueue } from '@/components/review/review-queue'
import { plural } from '@/components/ui/format-number'
import { toRoute } from '@/components/ui/route'
import { Section } from '@/components/ui/section'
import { SkeletonRows } from '@/components/ui/skeleton'
import type { ReviewResource } from '@/lib/governance/operations'
import { FirstSteps, openSteps, type Steps } from './first-steps'
import { healthLine } from './health-line'
import { HomeHeader } from './home-header'
import { type Freshness, type HomeGroup, MyGroups } from './my-groups'
import { type HomePopular, PopularGroups } from './popular-groups'
import { type HomeChange, RecentChanges } from './recent-changes'
import { SinceLastVisit } from './since-last-visit'
import { type WaitingLine, WaitingList } from './waiting'

export interface HomePageProps {
  /** Teams of the reader. */
  teams: readonly string[]
  /** The most urgent of their groups. */
  groups: readonly HomeGroup[]
  /** How fresh each of all of them is. */
  states: readonly Freshness['state'][]
  /** The first versions that wait for the reader's next step, and how many wait in all. */
  reviews: readonly ReviewResource[]
  waiting: number
  /** Whom else the reader keeps waiting, longest first, and how many more there are. */
  asks: readonly WaitingLine[]
  moreAsks: number
  /** What broke or nears its end. */
  alerts: readonly WaitingLine[]
  changes: readonly HomeChange[]
  /** When the reader was last here before this visit; null: never. */
  lastVisit: string | null
  popular: { isOfTeams: boolean; groups: readonly HomePopular[] }
  steps: Steps
  mayManagePeople: boolean
}

/** Below the reader's groups: changes left, first steps and what is read right; one column on a phone. */
const places = 'grid gap-x-8 gap-y-8 lg:grid-cols-[7fr_5fr]'

const allHref = (teams: readonly string[]) =>
  `/catalog?kind=group${teams.map((team) => `&team=${encodeURIComponent(team)}`).join('')}`

/** Versions to decide on, then everything else that stands still until the reader moves; and what broke. */
function Waiting({ reviews, waiting, asks, moreAsks, alerts }: HomePageProps) {
  const isAnything = reviews.length + asks.length > 0
  return (
    <>
      {isAnything ? (
        <Section
          title="Waiting for you"
          aside={
            <span className="flex gap-4">
              {reviews.length > 0 ? (
                <Link className="link" href={toRoute('/governance/reviews')}>
                  {waiting > reviews.length ? `All ${plural(waiting, 'version')}` : 'Reviews'}
                </Link>
              ) : null}
              {asks.length > 0 ? (
                <Link className="link" href={toRoute('/inbox')}>
                  {moreAsks > 0 ? `${plural(moreAsks, 'more', 'more')} in the inbox` : 'Inbox'}
                </Link>
              ) : null}
            </span>
          }
        >
          {reviews.length > 0 ? <ReviewQueue label="Waiting for you" reviews={reviews} now={null} /> : null}
          <WaitingList lines={asks} />
        </Section>
      ) : null}
      {alerts.length > 0 ? (
        <Section
          title="Alerts"
          aside={
            <Link className="link" href={toRoute('/monitoring')}>
              Monitoring
            </Link>
          }
        >
          <WaitingList lines={alerts} />
        </Section>
      ) : null}
    </>
  )
}

/** What the reader looks after, what changed, what is read, and what to do first. */
export function HomePage(props: HomePageProps) {
  const { teams, groups, states, changes, lastVisit, popular, steps, mayManagePeople } = props
  const mayRegister = steps.register !== undefined
  const hasSteps = openSteps(steps).length > 0
  return (
    <>
      <HomeHeader verdict={healthLine(states)} mayRegister={mayRegister} />
      <div className="flex flex-col gap-8">
        <Waiting {...props} />
        <Section
          title="My groups"
          aside={
            states.length > groups.length ? (
              <Link className="link" href={toRoute(allHref(teams))}>
                All {plural(states.length, 'group')}
              </Link>
            ) : undefined
          }
        >
          <MyGroups
            groups={groups}
            teams={teams}
            mayRegister={mayRegister}
            mayManagePeople={mayManagePeople}
          />
        </Section>
        <div className={places}>
          <Section title="Changed recently" aside={<SinceLastVisit at={lastVisit} changes={changes} />}>
            <RecentChanges changes={changes} since={lastVisit} />
          </Section>
          <div className="flex min-w-0 flex-col gap-8 max-lg:order-first">
            {hasSteps ? (
              <Section title="First steps">
                <FirstSteps done={steps} primary={!mayRegister} />
              </Section>
            ) : null}
            <Section
              title={popular.isOfTeams ? 'Most read of your teams in 30 days' : 'Most read in 30 days'}
              aside="reads by week, readers"
            >
              <PopularGroups groups={popular.groups} />
            </Section>
          </div>
        </div>
      </div>
    </>
  )
}

export const HomeSkeleton = () => (
  <div className="flex flex-col gap-8">
    <SkeletonRows rows={6} columns={5} />
    <div className={places}>
      <SkeletonRows rows={8} columns={2} />
      <SkeletonRows rows={5} columns={2} />
    </div>
  </div>
)
