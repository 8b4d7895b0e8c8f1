import '@fontsource/ibm-plex-sans/400.css'
import '@fontsource/ibm-plex-sans/500.css'
import '@fontsource/ibm-plex-sans/600.css'
import '@fontsource/ibm-plex-mono/400.css'
import '@fontsource/ibm-plex-mono/500.css'
import '@fontsource/newsreader/500.css'
import './globals.css'
import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { Providers } from '@/components/layout/providers'
import { readPreferences } from '@/components/ui/preferences'
import { clockNow } from '@/lib/core/clock'
import { mono, sans, title } from './fonts'

export const metadata: Metadata = {
  title: { default: 'Almanac', template: '%s · Almanac' },
  description: 'Feature catalog and governance portal',
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  colorScheme: 'light dark',
}

/** The preferences stand on <html> before the first paint: no flash of the other theme, no moving rail. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const { theme, rows, rail, zone } = readPreferences(await cookies())
  const now = clockNow().toISOString()
  return (
    <html
      lang="en"
      className={`${sans.variable} ${mono.variable} ${title.variable}`}
      data-theme={theme === 'system' ? undefined : theme}
      data-rows={rows}
      data-rail={rail}
      suppressHydrationWarning
    >
      <body>
        <Providers zone={zone} now={now}>
          {children}
        </Providers>
      </body>
    </html>
  )
}
