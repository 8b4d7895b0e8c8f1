import type { ReactNode } from 'react'
import { Time } from './time'

const instants = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)/

/** Seconds only where they say something. */
const precisionOf = (instant: string) =>
  /T\d\d:\d\d:00(?:\.0+)?Z$/.test(instant) ? ('minute' as const) : ('second' as const)

/** A sentence of the product with its RFC 3339 instants in the reader's zone; each keeps its exact form on hover. */
export function TimedText({ text }: { text: string }): ReactNode {
  return text.split(instants).map((part, index) =>
    // Every second part is what the pattern caught.
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
    index % 2 === 1 ? <Time key={index} at={part} precision={precisionOf(part)} /> : part,
  )
}
