import { describe, expect, it } from 'vitest'
import { peekHref } from './peek'

describe('peekHref', () => {
  it('keeps the list and names one row', () => {
    const search = new URLSearchParams('q=delay&tag=a&tag=b&peek=group%2Fother')
    const peek = 'feature/airport_delays:mean_delay_7d'
    expect(peekHref('/catalog', search, peek)).toBe(
      '/catalog?q=delay&tag=a&tag=b&peek=feature%2Fairport_delays%3Amean_delay_7d',
    )
    expect(peekHref('/catalog', search, null)).toBe('/catalog?q=delay&tag=a&tag=b')
    expect(peekHref('/catalog', new URLSearchParams(), null)).toBe('/catalog')
  })
})
