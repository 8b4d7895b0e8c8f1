import { type ReactNode, Suspense } from 'react'
import { BottomBar } from './bottom-bar'
import { EnvironmentSwitch } from './environment-switch'
import type { NavItem, Place } from './nav'
import { type Person, PersonMenu } from './person-menu'
import { Rail } from './rail'
import { Shortcuts } from './shortcuts'
import { ThemeSwitch } from './theme-switch'

export interface AppFrameProps {
  /** Only rooms that exist, in order; on a phone the first three or four stand in the bottom bar. */
  nav: readonly NavItem[]
  /** What is not in the rail and has a letter after `g`. */
  places?: readonly Place[]
  environments: readonly string[]
  /** The environment when the address names none. */
  environment: string
  person: Person
  /** The search box, a <CommandPalette>. */
  search?: ReactNode
  /** What waits for the person, as links or buttons of 28 px. */
  alerts?: ReactNode
  /** A <Banner> across the frame: sample data, demo mode. */
  banner?: ReactNode
  children: ReactNode
}

/** Rail, top bar, page, and on a phone the bottom bar; owns the keyboard shortcuts. */
export function AppFrame(props: AppFrameProps) {
  const { nav, places = [], environments, environment, person, search, alerts, banner, children } = props
  return (
    <div className="min-h-dvh md:grid md:grid-cols-[var(--rail)_minmax(0,1fr)]">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-control focus:bg-surface focus:px-3 focus:py-2"
      >
        Skip to the page
      </a>
      <Rail nav={nav} />
      <div className="flex min-w-0 flex-col">
        <header className="sticky top-0 z-30 flex h-11 items-center gap-2 border-b bg-page px-6 max-md:h-13 max-md:gap-1 max-md:px-4">
          <div className="flex min-w-0 flex-1 items-center">{search}</div>
          <Suspense>
            <EnvironmentSwitch environments={environments} fallback={environment} />
          </Suspense>
          {alerts}
          <ThemeSwitch />
          <PersonMenu person={person} />
        </header>
        {banner}
        <main id="content" tabIndex={-1} className="min-w-0 flex-1 p-6 outline-none max-md:p-4 max-md:pb-24">
          {children}
        </main>
      </div>
      <BottomBar nav={nav} />
      <Shortcuts nav={[...nav, ...places]} />
    </div>
  )
}
