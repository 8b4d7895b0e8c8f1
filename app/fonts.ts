import localFont from 'next/font/local'

/**
 * The Latin files, asked for with the document: text that is drawn in another font first moves when its own comes.
 * Everything beyond Latin comes with the families of the same name when a page holds it.
 */
export const sans = localFont({
  variable: '--latin-sans',
  adjustFontFallback: false,
  src: [
    {
      path: '../node_modules/@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-400-normal.woff2',
      weight: '400',
    },
    {
      path: '../node_modules/@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-500-normal.woff2',
      weight: '500',
    },
    {
      path: '../node_modules/@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-600-normal.woff2',
      weight: '600',
    },
  ],
})
export const mono = localFont({
  variable: '--latin-mono',
  adjustFontFallback: false,
  src: [
    {
      path: '../node_modules/@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-400-normal.woff2',
      weight: '400',
    },
    {
      path: '../node_modules/@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-500-normal.woff2',
      weight: '500',
    },
  ],
})
export const title = localFont({
  variable: '--latin-title',
  adjustFontFallback: false,
  src: [
    { path: '../node_modules/@fontsource/newsreader/files/newsreader-latin-500-normal.woff2', weight: '500' },
  ],
})
