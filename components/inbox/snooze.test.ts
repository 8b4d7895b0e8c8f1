import { describe, expect, it } from 'vitest'
import { snoozeChoices } from './snooze'

const choice = (now: Date, label: string) => snoozeChoices(now).find((one) => one.label === label)?.until

describe('snoozeChoices', () => {
  it('counts hours from now and mornings at eight of the reader', () => {
    const thursday = new Date(2026, 4, 7, 15, 30)
    expect(choice(thursday, 'For three hours')).toEqual(new Date(2026, 4, 7, 18, 30))
    expect(choice(thursday, 'Until tomorrow morning')).toEqual(new Date(2026, 4, 8, 8))
    expect(choice(thursday, 'Until Monday morning')).toEqual(new Date(2026, 4, 11, 8))
  })

  it('means the next Monday on a Monday and on a Sunday', () => {
    expect(choice(new Date(2026, 4, 11, 7), 'Until Monday morning')).toEqual(new Date(2026, 4, 18, 8))
    expect(choice(new Date(2026, 4, 10, 7), 'Until Monday morning')).toEqual(new Date(2026, 4, 11, 8))
  })
})
