import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { errorTexts } from '@/lib/core/error-texts'
import { chapters } from './chapters'
import { guideHref, pageOf, searchGuide, sectionsOf } from './guide'

const docs = join(import.meta.dirname, '..', '..', 'docs')
const files = chapters.flatMap(({ title, pages }) =>
  pages.map((page) => ({
    slug: page.slug,
    chapter: title,
    file: page.file ?? `guide/${page.slug}.md`,
  })),
)
const pages = files.map(({ slug, chapter, file }) =>
  pageOf(slug, chapter, readFileSync(join(docs, file), 'utf8')),
)

/** Addresses under /docs, with the parts of their pages. */
const places = new Map<string, readonly string[]>([
  ['/docs/api', []],
  ['/docs/errors', []],
  ...Object.keys(errorTexts).map((code): [string, string[]] => [`/docs/errors/${code}`, []]),
  ...pages.map((page): [string, string[]] => [`/docs/${page.slug}`, sectionsOf(page).map(({ id }) => id)]),
])

describe('the guide', () => {
  it('has every file of its folder, and each one title', () => {
    expect(readdirSync(join(docs, 'guide')).sort()).toEqual(
      files.flatMap(({ file }) => (file.startsWith('guide/') ? [file.slice(6)] : [])).sort(),
    )
    for (const { title, text } of pages) {
      expect(title).toMatch(/^\S.*\S$/)
      expect(text.replaceAll(/^```.*?^```$/gms, '')).not.toMatch(/^# /m)
    }
  })

  it.each(pages.map((page) => [page.slug, page] as const))(
    '%s leads nowhere that is not there',
    (_, page) => {
      for (const [, href = ''] of page.text.matchAll(/\]\(([^)]+)\)/g)) {
        const [path = '', part] = guideHref(href).split('#')
        if (!path.startsWith('/docs')) continue
        expect([...places.keys()]).toContain(path)
        if (part) expect(places.get(path)).toContain(part)
      }
    },
  )

  it('finds a part by its words, the ones in titles first', () => {
    expect(searchGuide(pages, 'quarantine').map(({ page }) => page.slug)).toContain('ingest')
    expect(searchGuide(pages, 'bad rows')[0]?.section.id).toBe('bad-rows')
    expect(searchGuide(pages, 'Drift')[0]).toMatchObject({
      page: { slug: 'monitor' },
      section: { id: 'drift' },
    })
    expect(searchGuide(pages, 'wombat')).toEqual([])
    expect(searchGuide(pages, ' ,. ')).toEqual([])
  })
})
