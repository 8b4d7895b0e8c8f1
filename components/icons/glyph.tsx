import type { ReactNode } from 'react'

export interface GlyphProps {
  className?: string
  /** An accessible name; without one the glyph is decoration beside a word. */
  title?: string
}

const frame = {
  width: 16,
  height: 16,
  viewBox: '0 0 16 16',
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 1.25,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const

/** The frame of all own glyphs: 16 px, one 1.25 px stroke in the text's colour. */
export function Glyph({ className, title, children }: GlyphProps & { children: ReactNode }) {
  const look = `shrink-0 ${className ?? ''}`
  if (!title) {
    return (
      <svg {...frame} className={look} aria-hidden>
        {children}
      </svg>
    )
  }
  return (
    <svg {...frame} className={look} role="img">
      <title>{title}</title>
      {children}
    </svg>
  )
}
