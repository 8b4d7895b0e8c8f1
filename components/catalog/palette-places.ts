import type { SearchGroup } from '@/components/layout/search-types'

/** A page or an act that the palette leads to. */
export interface PalettePlace {
  label: string
  href: string
  /** Keys that lead there too: "g c". */
  shortcut?: string
}

export interface PalettePlaces {
  pages: readonly PalettePlace[]
  acts: readonly PalettePlace[]
}

/** Whether every word begins one of the label's words: "reg gr" means "Register a feature group". */
function isMeant(label: string, typed: readonly string[]): boolean {
  const words = label.toLowerCase().split(/\s+/)
  return typed.every((part) => words.some((word) => word.startsWith(part)))
}

/** The pages and acts that are meant by what is typed, all of them by nothing. */
export function placesFor(query: string, { pages, acts }: PalettePlaces): SearchGroup[] {
  const typed = query.toLowerCase().split(/\s+/).filter(Boolean)
  const group = (label: string, places: readonly PalettePlace[]): SearchGroup => ({
    label,
    hits: places
      .filter((place) => isMeant(place.label, typed))
      .map(({ label: name, href, shortcut }) => ({
        id: `place/${href} ${name}`,
        href,
        name,
        isPlace: true,
        ...(shortcut ? { shortcut } : {}),
      })),
  })
  return [group('Actions', acts), group('Pages', pages)].filter(({ hits }) => hits.length > 0)
}
