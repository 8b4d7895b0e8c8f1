import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { Callout } from './callout'
import { MarkedProse } from './marked-prose'
import { RefusedState } from './refused-state'
import { TimedText } from './timed-text'

const message = 'The column `Pallet Ref` has no value.'
const places: [string, ReactNode][] = [
  ['prose', <MarkedProse key="prose" text={message} />],
  ['a callout', <Callout key="callout">{message}</Callout>],
  ['a refusal', <RefusedState key="refusal" because={message} help="Ask Mara Voss." />],
  ['a sentence with times', <TimedText key="times" text={message} />],
]

it.each(places)('names in messages stand as code in %s', (_, place) => {
  const html = renderToStaticMarkup(place)
  expect(html).toMatch(/The column <code[^>]*>Pallet Ref<\/code> has no value\./)
  expect(html).not.toContain('`')
})
