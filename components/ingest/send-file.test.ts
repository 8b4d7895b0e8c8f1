import { expect, it } from 'vitest'
import { ProblemError } from '@/lib/api-client'
import { mediaTypeToSend } from './send-file'

it('sends what is read, and refuses the rest by the name of the file', () => {
  expect(mediaTypeToSend('Orders.CSV')).toBe('text/csv')
  expect(() => mediaTypeToSend('chart.png')).toThrow(ProblemError)
  expect(() => mediaTypeToSend('chart.png')).toThrow('`chart.png` is of a kind that is not read.')
})
