import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import {
  fieldRulesSchema,
  missingFields,
  namingFaults,
  namingSchema,
  noFieldRules,
} from '@/lib/registry/operations'
import { isMandatory, missingPurpose, strictestClass, strictestFeature } from './mandatory-words'
import { nameFault } from './name-check'
import { nothingSaid, saidBody } from './said'
import { PurposeFields } from './said-fields'

const naming = namingSchema.parse({
  patterns: [
    { kinds: ['group', 'service'], pattern: '[a-z]+_[a-z_]+', explanation: 'Area, then what it is.' },
  ],
  team_prefixes: [
    { team: 'flights', prefix: 'fl_' },
    { team: 'flights', prefix: 'air_' },
    { team: 'growth', prefix: 'gr_' },
  ],
  reserved: ['tmp', 'final'],
})

describe('a name while it is typed', () => {
  it.each([
    ['', undefined],
    ['Airport', /lower-case/],
    ['fl_delays', undefined],
    ['air_delays', undefined],
    ['delays_daily', /starts with fl_ or air_/],
    ['fl_tmp_delays', /`tmp`/],
    ['fl_tmpfile', undefined],
    ['fl2', /Area, then what it is|starts with/],
  ])('%j', (name, reason) => {
    const fault = nameFault(naming, { kind: 'group', name, team: 'flights' })
    if (reason === undefined) expect(fault).toBeUndefined()
    else expect(fault).toMatch(reason)
  })

  it('is judged by its kind, and by whose prefix it takes', () => {
    expect(namingFaults(naming, { kind: 'entity', name: 'airport', team: 'flights' })).toEqual([])
    expect(namingFaults(naming, { kind: 'group', name: 'gr_clicks', team: 'ops' })).toEqual([
      'starts with gr_, which is kept for team growth',
    ])
    expect(namingFaults(naming, { kind: 'service', name: 'churn', team: 'growth' })).toEqual([
      'Area, then what it is.',
    ])
  })

  it('fits the whole pattern, not a part of it', () => {
    const rules = namingSchema.parse({ patterns: [{ kinds: ['group'], pattern: 'a|b' }] })
    expect(namingFaults(rules, { kind: 'group', name: 'a' })).toEqual([])
    expect(namingFaults(rules, { kind: 'group', name: 'ab' })).toEqual(['does not fit a|b'])
  })

  it('takes no pattern that is none', () => {
    expect(namingSchema.safeParse({ patterns: [{ kinds: ['group'], pattern: '(' }] }).success).toBe(false)
  })
})

describe('mandatory fields', () => {
  const rules = fieldRulesSchema.parse({
    mandatory: [
      { field: 'lawful_basis', from: 'internal' },
      { field: 'cadence', from: 'restricted' },
    ],
    custom_fields: [{ name: 'days', label: 'Retention', type: 'number', required_from: 'public' }],
  })
  const stated = {
    classification: 'internal' as const,
    description: 'What.',
    domain: null,
    tags: [],
    purposes: [],
    lawful_basis: null,
    cadence: null,
    entity: null,
    custom: {},
    features: [],
  }

  it('tighten what always holds, and never loosen it', () => {
    expect(missingFields(rules, stated).map(({ pointer }) => pointer)).toEqual([
      '/lawful_basis',
      '/custom/days',
    ])
    expect(isMandatory(rules, 'lawful_basis', 'public')).toBe(false)
    expect(isMandatory(rules, 'purposes', 'restricted')).toBe(true)
    const loose = fieldRulesSchema.parse({ mandatory: [{ field: 'purposes', from: 'restricted' }] })
    expect(isMandatory(loose, 'purposes', 'confidential')).toBe(true)
  })

  it('take zero and false for filled', () => {
    const filled = { ...stated, lawful_basis: 'consent', custom: { days: 0 } }
    expect(missingFields(rules, filled)).toEqual([])
  })

  it('are sent as the organisation types them', () => {
    const body = saidBody({ ...nothingSaid, purposes: ' a \n\nb', custom: { days: '30' } }, rules)
    expect(body).toMatchObject({ purposes: ['a', 'b'], custom: { days: 30 }, lawful_basis: null })
    expect(saidBody({ ...nothingSaid, custom: { days: 'long' } }, rules).custom).toEqual({ days: 'long' })
  })

  it('go by the strictest class', () => {
    expect(strictestClass(['internal', undefined, 'confidential', ''])).toBe('confidential')
  })
})

describe('purpose and lawful basis', () => {
  const nothing = { purposes: ' ', lawfulBasis: '' }

  it('are asked for as soon as one feature is confidential', () => {
    expect(missingPurpose(noFieldRules, nothing, 'internal')).toEqual([])
    expect(missingPurpose(noFieldRules, nothing, 'confidential')).toEqual(['purposes', 'lawful_basis'])
    const said = { purposes: 'churn', lawfulBasis: '' }
    expect(missingPurpose(noFieldRules, said, 'restricted')).toEqual(['lawful_basis'])
  })

  it('say which feature is the reason', () => {
    const features = [
      { name: 'visits', classification: null },
      { name: 'email', classification: 'confidential' },
      { name: 'phone', classification: 'confidential' },
    ]
    expect(strictestFeature('internal', features)).toBe('email')
    expect(strictestFeature('confidential', features)).toBeNull()
    const html = renderToStaticMarkup(
      createElement(PurposeFields, {
        said: nothing,
        change: () => undefined,
        errors: {},
        rules: { naming, fields: noFieldRules, domains: [], makesDomains: true },
        classification: 'confidential',
        because: 'email',
      }),
    )
    expect(html.match(/is confidential: without it nothing can be submitted/g)).toHaveLength(2)
    expect(html).toMatch(/feature <code[^>]*>email<\/code>/)
  })
})
