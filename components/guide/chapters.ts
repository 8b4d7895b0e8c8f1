import list from '@/docs/guide.json'

interface Chapter {
  title: string
  pages: readonly { slug: string; file?: string }[]
}

/** The pages of the guide in their order. Each is a file: `docs/guide/<slug>.md`, or `docs/<file>`. */
export const chapters: readonly Chapter[] = list

export interface GuidePage {
  slug: string
  chapter: string
  title: string
  /** Markdown under the title. */
  text: string
}
