import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { chapters } from '@/components/guide/chapters'
import { pageOf, sectionsOf } from '@/components/guide/guide'
import { helpFor, helpLike } from './help'
import { guideParts, screens } from './screens'

const root = join(import.meta.dirname, '..', '..')

/** Addresses of all pages of the application, but for the guide's own. */
const routes = readdirSync(join(root, 'app'), { recursive: true, encoding: 'utf8' })
  .map((file) => file.split('/'))
  .filter((parts) => parts.at(-1) === 'page.tsx' && parts[0] !== 'docs')
  .map(
    (parts) =>
      `/${parts
        .slice(0, -1)
        .filter((part) => !part.startsWith('('))
        .join('/')}`,
  )

const headings = new Map(
  chapters.flatMap(({ title: chapter, pages }) =>
    pages.flatMap(({ slug, file }) => {
      const page = pageOf(slug, chapter, readFileSync(join(root, 'docs', file ?? `guide/${slug}.md`), 'utf8'))
      return sectionsOf(page).map(({ id, title }): [string, string] =>
        id === '' ? [slug, page.title] : [`${slug}#${id}`, `${page.title}: ${title}`],
      )
    }),
  ),
)

describe('help', () => {
  it('says of every page where the guide speaks of it, or that it does not', () => {
    expect(
      Object.keys(screens)
        .filter((route) => !route.includes('?'))
        .sort(),
    ).toEqual(routes.sort())
    for (const route of Object.keys(screens)) expect(routes).toContain(route.split('?')[0])
  })

  it('leads to parts of the guide that are there, in their words', () => {
    for (const [part, label] of Object.entries(guideParts))
      expect([part, label]).toEqual([part, headings.get(part)])
  })

  it('knows the screen of an address, and a tab where it has a part of its own', () => {
    expect(helpFor('/groups/route_delays')?.href).toBe('/docs/find#judge')
    expect(helpFor('/groups/route_delays', 'contract')?.href).toBe('/docs/monitor#contracts')
    expect(helpFor('/groups/route_delays', 'features')?.href).toBe('/docs/find#judge')
    expect(helpFor('/datasets/new')?.label).toBe('Read history: Keep the result')
    expect(helpFor('/')?.href).toBe('/docs/start')
    expect(helpFor('/settings/sessions')).toBeNull()
    expect(helpFor('/no/such/page')).toBeNull()
  })

  it('offers the screen’s own part, and others by what is typed', () => {
    const here = helpFor('/monitoring')
    expect(helpLike('', here)).toEqual([here])
    expect(helpLike('', null)).toEqual([])
    expect(helpLike('help dri', null).map(({ label }) => label)).toEqual(['Monitoring: Drift'])
    expect(helpLike('help', here)[0]).toEqual(here)
    expect(helpLike('help', here)).toHaveLength(4)
    expect(helpLike('route_delays', here)).toEqual([])
  })
})
