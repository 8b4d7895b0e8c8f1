import { expect, it } from 'vitest'
import { readable } from './list-params'

const readOf = (q: string) => readable({ q, kind: 'group' })

it('reads as much of a search as a search takes, and leaves the rest of the address', () => {
  expect(readOf('delay')).toEqual({ q: 'delay', kind: 'group' })
  expect(readOf('a\0b').q).toBe('ab')
  expect(readOf('x'.repeat(10_000)).q).toHaveLength(200)
  expect(readOf(`${'x'.repeat(199)}😀`).q).toBe('x'.repeat(199))
  expect(readable({ q: ['a', 'b'] })).toEqual({ q: ['a', 'b'] })
})
