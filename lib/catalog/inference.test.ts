import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { namePattern } from '@/lib/core/names'
import { entityNameOf, nameOfColumn, namesOfColumns } from './column-names'
import { sensitiveColumn } from './sensitive'

describe('names of columns', () => {
  it.each([
    ['mean_delay', 'mean_delay'],
    ['Dep. Delay (min)', 'dep_delay_min'],
    ['meanDelay7d', 'mean_delay7d'],
    ['Größe', 'gro_e'],
    ['7d', 'c_7d'],
    ['', 'c'],
  ])('%j becomes %s', (header, name) => {
    expect(nameOfColumn(header)).toBe(name)
  })

  it('are valid and different, whatever the headers', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 90 }), { maxLength: 8 }), (headers) => {
        const names = namesOfColumns(headers)
        for (const name of names) expect(name).toMatch(namePattern)
        expect(new Set(names).size).toBe(headers.length)
      }),
    )
  })

  it('give the entity its name', () => {
    expect(entityNameOf(['customer_id'])).toBe('customer')
    expect(entityNameOf(['origin', 'destination'])).toBe('origin_destination')
  })
})

describe('sensitive columns', () => {
  it.each<[string, string[], string | undefined]>([
    ['contact', ['a@b.org', 'c@d.com'], 'e-mail address'],
    ['reference', ['4111 1111 1111 1111', '5500-0000-0000-0004'], 'card number'],
    ['reference', ['4111 1111 1111 1112'], undefined],
    ['peer', ['10.0.0.1', '192.168.1.7'], 'network address'],
    ['date_of_birth', ['1980-01-01'], 'date of birth'],
    ['email_opens_7d', ['1', '2'], 'e-mail address'],
    ['race_condition_count', [], 'origin or belief'],
    ['num_logins', ['1', '2'], undefined],
    ['delay', ['12.5'], undefined],
    ['shipped', ['5', '6'], undefined],
  ])('%s holding %j: %s', (name, values, kind) => {
    expect(sensitiveColumn(name, values)?.kind).toBe(kind)
  })
})
