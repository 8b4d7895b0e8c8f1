/** The pages of the guide in their order. Each is a file: `docs/guide/<slug>.md`, or `docs/<file>`. */
export const chapters = [
  { title: 'Begin', pages: [{ slug: 'start' }, { slug: 'find' }, { slug: 'use' }] },
  {
    title: 'Make features',
    pages: [{ slug: 'register' }, { slug: 'review' }, { slug: 'ingest' }, { slug: 'document' }],
  },
  {
    title: 'Read values',
    pages: [{ slug: 'serve' }, { slug: 'history' }, { slug: 'clients' }],
  },
  { title: 'Look after them', pages: [{ slug: 'access' }, { slug: 'monitor' }, { slug: 'retire' }] },
  {
    title: 'Run Almanac',
    pages: [{ slug: 'operate' }, { slug: 'definitions', file: 'definitions.md' }],
  },
] as const satisfies readonly { title: string; pages: readonly { slug: string; file?: string }[] }[]

export interface GuidePage {
  slug: string
  chapter: string
  title: string
  /** Markdown under the title. */
  text: string
}
