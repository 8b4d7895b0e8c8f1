import { Glyph, type GlyphProps } from './glyph'

export type Kind = 'group' | 'feature' | 'service' | 'entity' | 'source' | 'dataset' | 'model' | 'monitor'

/** group: a ruled table; feature: one column of it; service: columns gathered into one; entity: a tag with
 * its key; source: a spring from a line; dataset: stacked sheets; model: a fitted curve; monitor: days. */
const paths: Record<Kind, string> = {
  group: 'M2.5 3h11v10h-11zM2.5 6.25h11M6.25 6.25V13M9.75 6.25V13',
  feature: 'M5.5 2.5h5v11h-5zM5.5 5.75h5M2 4v8M14 4v8',
  service:
    'M2.5 3.5h4c1.75 0 1.5 4.5 3.25 4.5H13.5M2.5 12.5h4c1.75 0 1.5-4.5 3.25-4.5M2.5 8h7.25M11.75 6l2 2-2 2',
  entity: 'M2.5 2.5h5.25l5.75 5.75-5.25 5.25L2.5 7.75zM5.5 5.5h.01',
  source: 'M2.5 13.5h11M8 10.5v-8M4.75 5.75L8 2.5l3.25 3.25M4.5 10.5h7',
  dataset: 'M5 2.5h8.5V11M3.75 4.5h-1.25v9h9v-1.25M4.5 4.5h7v7.25h-7z',
  model: 'M2.5 2.5v11h11M4.5 11c4.25 0 2.5-6.5 8.5-6.5M5.75 6.5h.01M8.25 11h.01M11 7.5h.01',
  monitor: 'M2.5 4v8M5.25 4v8M8 6.5V12M10.75 4v8M13.5 4v8M8 4h.01',
}

const words: Record<Kind, string> = {
  group: 'Feature group',
  feature: 'Feature',
  service: 'Feature service',
  entity: 'Entity',
  source: 'Data source',
  dataset: 'Training dataset',
  model: 'Model',
  monitor: 'Monitor',
}

/** The glyph of a kind of asset. Named by default; pass `title=""` where the word stands beside it. */
export function KindGlyph({ kind, title = words[kind], className }: { kind: Kind } & GlyphProps) {
  return (
    <Glyph {...(title ? { title } : {})} {...(className ? { className } : {})}>
      <path d={paths[kind]} />
    </Glyph>
  )
}

/** The kind in words, as pages and search results say it. */
export const kindWord = (kind: Kind): string => words[kind]
