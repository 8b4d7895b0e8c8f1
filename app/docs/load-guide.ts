import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chapters, type GuidePage } from '@/components/guide/chapters'
import { pageOf } from '@/components/guide/guide'
import { singleton } from '@/lib/core/singleton'

const read = async (): Promise<GuidePage[]> => {
  const all = chapters.flatMap(({ title, pages }) => pages.map((page) => ({ ...page, chapter: title })))
  return Promise.all(
    all.map(async (page) => {
      const file = page.file ?? `guide/${page.slug}.md`
      return pageOf(page.slug, page.chapter, await readFile(join(process.cwd(), 'docs', file), 'utf8'))
    }),
  )
}

/** The guide, read once: it does not change while the portal runs. */
export const loadGuide = (): Promise<GuidePage[]> => singleton('guide', () => ({ pages: read() })).pages
