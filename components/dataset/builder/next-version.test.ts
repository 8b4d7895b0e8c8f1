import { expect, it } from 'vitest'
import type { BuilderChoices } from '@/lib/datasets/operations'
import { selectionBody } from './draft'
import { nextVersion } from './next-version'

const choices: BuilderChoices = {
  services: [],
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
const spec = {
  features: ['airports@1:mean', 'airports@1:worst'],
  feature_service: null,
  full_feature_names: true,
  join_keys: { airports: { code: 'origin' } },
  timestamp_column: 'departed_at',
  label: { feature: 'outcome@1:late', keys: { id: 'id' } },
  spine: {
    kind: 'group',
    group: 'outcome',
    version: 1,
    columns: [],
    from: '2026-05-01T00:00:00.000000Z',
    to: '2026-05-31T23:59:59.999999Z',
  },
  split: { by: 'fraction', test: 0.25, validation: 0.1, seed: 7 },
  purpose: 'punctuality',
}
const version = { dataset: 'delays', version: 3, spec }

it('a next version asks for what the version before was built from', () => {
  const next = nextVersion(version, 'Delays.', choices)
  expect(next).toMatchObject({ of: 3, draft: { name: 'delays', description: 'Delays.' } })
  expect(next && selectionBody(next.draft, choices, 'prod')).toEqual({
    features: ['airports@1:mean', 'airports@1:worst'],
    spine: { group: 'outcome', from: '2026-05-01', to: '2026-05-31' },
    timestamp_column: 'departed_at',
    label: { feature: 'outcome:late', keys: { id: 'id' } },
    join_keys: { airports: { code: 'origin' } },
    split: { by: 'fraction', test: 0.25, validation: 0.1, seed: 7 },
    full_feature_names: true,
    purpose: 'punctuality',
    environment: 'prod',
  })
})

it('says that a file has to be sent anew', () => {
  const uploaded = { ...spec, spine: { kind: 'upload', file: 'spine.csv', format: 'csv', name: 'rows.csv' } }
  const next = nextVersion({ ...version, spec: uploaded }, '', choices)
  expect(next?.draft.spine).toBe('upload')
  expect(next?.left[0]).toBe('Its rows came in the file rows.csv and are sent anew.')
})

it('takes nothing over from a version whose reader may not know all of it', () => {
  expect(nextVersion({ ...version, spec: {} }, '', choices)).toBeNull()
})
