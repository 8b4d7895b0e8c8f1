import { Fragment, type ReactNode } from 'react'
import { MarkedProse } from './marked-prose'
import { Time } from './time'

const instants = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)/

/** Seconds only where they say something. */
const precisionOf = (instant: string) =>
  /T\d\d:\d\d:00(?:\.0+)?Z$/.test(instant) ? ('minute' as const) : ('second' as const)

/**
 * A sentence of the product with its RFC 3339 instants in the reader's zone and names between back-ticks in mono; each
 * instant keeps its exact form on hover.
 */
export function TimedText({ text }: { text: string }): ReactNode {
  return text.split(instants).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
    <Fragment key={index}>
      {/* Every second part is what the pattern caught. */}
      {index % 2 === 1 ? <Time at={part} precision={precisionOf(part)} /> : <MarkedProse text={part} />}
    </Fragment>
  ))
}
