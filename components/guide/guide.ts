import { known, plainText, slugger, tokensOf } from '@/components/markdown/tokens'
import type { GuidePage } from './chapters'

/** Takes a file apart: its first line is the title. */
export function pageOf(slug: string, chapter: string, file: string): GuidePage {
  const [first = '', ...rest] = file.split('\n')
  return { slug, chapter, title: first.replace(/^#\s*/, ''), text: rest.join('\n').trim() }
}

/** `find.md#facets` → `/docs/find#facets`; everything else as written. */
export const guideHref = (href: string): string =>
  href.replace(/^(?:\.\.\/)?([\w-]+)\.md(?=#|$)/, (_, slug: string) => `/docs/${slug}`)

export interface GuideSection {
  /** Empty: what stands before the first heading. */
  id: string
  title: string
  level: number
  /** Its words, as they were written. */
  said: string
}

/** The parts of a page between its headings; ids as the page draws them. */
export function sectionsOf({ title, text }: GuidePage): GuideSection[] {
  const slug = slugger()
  const sections: GuideSection[] = [{ id: '', title, level: 1, said: '' }]
  for (const token of tokensOf(text).map(known)) {
    if (token.type === 'heading') {
      const heading = plainText(token.tokens)
      sections.push({ id: slug(heading), title: heading, level: token.depth, said: '' })
      continue
    }
    const last = sections.at(-1)
    if (last) last.said += `${token.raw.replaceAll(/[`*|#]|\]\([^)]*\)|\[/g, ' ')} `
  }
  return sections
}

export interface GuideHit {
  page: GuidePage
  section: GuideSection
  /** Some words around the first that was found. */
  excerpt: string
}

const around = 140
const most = 30

function excerptOf(said: string, word: string): string {
  const flat = said.replaceAll(/\s+/g, ' ').trim()
  const at = Math.max(0, flat.toLowerCase().indexOf(word))
  const from = Math.max(0, at - around / 2)
  return `${from > 0 ? '… ' : ''}${flat.slice(from, from + around)}${from + around < flat.length ? ' …' : ''}`
}

/** Parts in which every word stands, those first whose titles have them. */
export function searchGuide(pages: readonly GuidePage[], query: string): GuideHit[] {
  const words = query
    .toLowerCase()
    .split(/[^\p{L}\p{N}_]+/u)
    .filter((word) => word !== '')
  if (words.length === 0) return []
  const scored = pages.flatMap((page) =>
    sectionsOf(page).map((section) => {
      const titles = `${page.title} ${section.title}`.toLowerCase()
      const said = section.said.toLowerCase()
      const isFound = words.every((word) => titles.includes(word) || said.includes(word))
      const inTitle = words.filter((word) => titles.includes(word)).length
      const inOwn = words.filter((word) => section.title.toLowerCase().includes(word)).length
      return { page, section, score: isFound ? 1 + inTitle + 2 * inOwn : 0 }
    }),
  )
  return scored
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)
    .slice(0, most)
    .map(({ page, section }) => ({ page, section, excerpt: excerptOf(section.said, words[0] ?? '') }))
}
