import { describe, expect, it } from 'vitest'
import type { BuilderChoices } from '@/lib/datasets/operations'
import { buildBody, emptyDraft, isReady, openKeys, readDraft, selectionBody, timestampOf } from './draft'

const choices: BuilderChoices = {
  services: [
    {
      name: 'delays',
      version: 2,
      description: '',
      purpose: null,
      features: ['airports@1:mean'],
      groups: [
        { group: 'airports', keys: [{ name: 'code', type: 'string' }] },
        { group: 'flights', keys: [{ name: 'id', type: 'int64' }] },
      ],
    },
  ],
  label_groups: [
    {
      group: 'outcome',
      version: 1,
      keys: [{ name: 'id', type: 'int64' }],
      timestamp_key: 'departed_at',
      columns: [{ name: 'origin', type: 'string' }],
      labels: [{ name: 'late', type: 'bool', horizon_seconds: 0 }],
    },
  ],
  datasets: [],
  teams: ['flights'],
}
const chosen = {
  ...emptyDraft(choices, ''),
  service: 'delays',
  group: 'outcome',
  label: 'outcome:late',
  name: 'x',
}

describe('a draft of a dataset', () => {
  it('asks for the keys whose names the rows do not have, and for no others', () => {
    expect(openKeys(chosen, choices)).toEqual([{ group: 'airports', key: 'code' }])
    expect(isReady(chosen, choices)).toBe(false)
    const mapped = { ...chosen, keys: { airports: { code: 'origin' } } }
    expect(isReady(mapped, choices)).toBe(true)
    expect(selectionBody(mapped, choices, 'prod')).toEqual({
      feature_service: 'delays',
      spine: { group: 'outcome' },
      timestamp_column: 'departed_at',
      label: { feature: 'outcome:late', keys: {} },
      join_keys: { airports: { code: 'origin' } },
      environment: 'prod',
    })
  })

  it('says what it is called and whose it is only when it is built', () => {
    const body = buildBody(
      { ...chosen, split: 'fraction', testShare: '25', knownAt: '2026-01-01' },
      choices,
      'dev',
    )
    expect(body).toMatchObject({
      name: 'x',
      owner_team: 'flights',
      split: { by: 'fraction', test: 0.25 },
      known_at: '2026-01-01',
      environment: 'dev',
    })
  })

  it('survives the way through storage, and another form of it does not', () => {
    expect(readDraft(JSON.parse(JSON.stringify(chosen)))).toEqual(chosen)
    expect(readDraft({ name: 'x' })).toBeNull()
  })

  it('takes the time from where the rows come from', () => {
    expect(timestampOf(chosen, choices)).toBe('departed_at')
    expect(timestampOf({ ...chosen, spine: 'upload' }, choices)).toBe('')
  })
})
