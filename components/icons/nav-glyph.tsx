import { Glyph, type GlyphProps } from './glyph'

export type NavGlyphName =
  | 'home'
  | 'catalogue'
  | 'lineage'
  | 'monitoring'
  | 'datasets'
  | 'models'
  | 'governance'
  | 'operations'
  | 'settings'

const paths: Record<NavGlyphName, string> = {
  home: 'M2.5 7.5L8 2.5l5.5 5M4 6.5v7h8v-7M6.75 13.5V10h2.5v3.5',
  catalogue:
    'M8 4C6.5 2.75 4.5 2.5 2.5 2.5v9.75c2 0 4 .25 5.5 1.25 1.5-1 3.5-1.25 5.5-1.25V2.5c-2 0-4 .25-5.5 1.5zM8 4v9.5',
  lineage: 'M2.5 6.5h3v3h-3zM10.5 2.5h3v3h-3zM10.5 10.5h3v3h-3zM5.5 8h2.25M10.5 4H7.75v8h2.75',
  monitoring: 'M2.5 13.5v-5M5.25 13.5v-8M8 13.5v-3M10.75 13.5v-11M13.5 13.5v-6',
  datasets: 'M5 2.5h8.5V11M3.75 4.5h-1.25v9h9v-1.25M4.5 4.5h7v7.25h-7z',
  models: 'M2.5 2.5v11h11M4.5 11c4.25 0 2.5-6.5 8.5-6.5',
  governance: 'M8 2.5v11M4.5 13.5h7M3 4.5h10M3 4.5L1.5 9h3zM13 4.5L11.5 9h3z',
  operations: 'M1.5 8.5h3l2-5 3 9.5 2-4.5h3',
  settings: 'M2.5 4.5h6M12 4.5h1.5M8.5 3v3M2.5 11.5H4M7.5 11.5h6M7.5 10v3',
}

/** One glyph a room of the portal, in the hand of the kind glyphs, for the folded rail. */
export function NavGlyph({ name, ...rest }: { name: NavGlyphName } & GlyphProps) {
  return (
    <Glyph {...rest}>
      <path d={paths[name]} />
    </Glyph>
  )
}
