import { type ReactNode, Suspense } from 'react'
import { SearchPalette } from '@/components/catalog/search-palette'
import { DraftOwner } from '@/components/forms/draft-owner'
import { AppFrame } from '@/components/layout/app-frame'
import { pageContext } from '@/lib/http/page-context'
import { listEnvironments } from '@/lib/registry'
import { Announced } from './announced'
import { BasketWaiting } from './basket-waiting'
import { InboxWaiting } from './inbox-waiting'
import { nav, places } from './nav'
import { palettePlaces } from './palette-places'
import { ReviewsWaiting } from './reviews-waiting'
import { SampleBanner } from './sample-banner'

/** Every page of the portal stands in this frame; somebody who is not signed in never reaches it. */
export default async function PortalLayout({ children }: { children: ReactNode }) {
  const ctx = await pageContext()
  const { actor } = ctx
  const roles = [...new Set(actor.roles.map((assignment) => assignment.role))]
  const teams = actor.teams.map((membership) => membership.team)
  const detail = [roles.join(', '), teams.join(', ')].filter((part) => part !== '').join(' · ')
  return (
    <AppFrame
      nav={nav}
      places={places}
      environments={await listEnvironments()}
      environment="prod"
      person={{
        name: actor.name,
        detail,
        items: [
          { label: 'My inbox', href: '/inbox' },
          { label: 'My API keys', href: '/settings/keys' },
          { label: 'My sessions', href: '/settings/sessions' },
          { label: 'Glossary', href: '/glossary' },
          { label: 'Guide', href: '/docs' },
          { label: 'API reference', href: '/docs/api' },
          { label: 'Sign out', href: '/sign-out' },
        ],
      }}
      search={<SearchPalette person={actor.id} places={palettePlaces(ctx)} />}
      alerts={
        <Suspense>
          <BasketWaiting />
          <ReviewsWaiting />
          <InboxWaiting />
        </Suspense>
      }
      banner={
        <>
          <SampleBanner />
          <Suspense>
            <Announced asset={null} />
          </Suspense>
        </>
      }
    >
      <DraftOwner person={actor.id}>{children}</DraftOwner>
    </AppFrame>
  )
}
