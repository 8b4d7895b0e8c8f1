import type { PalettePlace, PalettePlaces } from '@/components/catalog/palette-places'
import { type Action, mayEver } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { nav, places } from './nav'

const further: PalettePlace[] = [
  { label: 'Browse the catalogue', href: '/catalog/browse' },
  { label: 'Domains', href: '/domains' },
  { label: 'Glossary', href: '/glossary' },
  { label: 'Inbox', href: '/inbox' },
  { label: 'My API keys', href: '/settings/keys' },
  { label: 'My sessions', href: '/settings/sessions' },
  { label: 'Teams', href: '/settings/teams' },
  { label: 'API reference', href: '/docs/api' },
  { label: 'Guide', href: '/docs' },
]

const acts: (PalettePlace & { needs: Action })[] = [
  { label: 'Register a feature group', href: '/register', needs: 'group:create' },
  { label: 'Register an entity', href: '/register/entity', needs: 'group:create' },
  { label: 'Register a data source', href: '/register/source', needs: 'group:create' },
  { label: 'Register a domain', href: '/register/domain', needs: 'group:create' },
  { label: 'Create a feature service', href: '/register/service', needs: 'service:create' },
  { label: 'Build a training dataset', href: '/datasets/new', needs: 'dataset:create' },
  { label: 'Make an API key', href: '/settings/keys/new', needs: 'key:create' },
]

/** Pages for everybody, and the acts that this reader may ever do: nobody is led to a refusal. */
export const palettePlaces = (ctx: Context): PalettePlaces => ({
  pages: [
    ...[...nav, ...places].map(({ label, href, key }) => ({
      label,
      href,
      ...(key ? { shortcut: `g ${key}` } : {}),
    })),
    ...further,
  ],
  acts: acts.filter(({ needs }) => mayEver(ctx, needs)).map(({ label, href }) => ({ label, href })),
})
