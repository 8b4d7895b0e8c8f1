import { expect, it } from 'vitest'
import type { BlameResource, DiffResource } from '@/lib/registry/operations'
import { sideRows } from './sides'

const blame = (revision: number, values: Record<string, unknown>): BlameResource => ({
  group: 'g',
  version: 1,
  revision,
  fields: Object.entries(values).map(([field, value]) => ({
    field,
    value,
    address: `1.${revision}`,
    author: 'Mara',
    approved_by: null,
    at: '2026-05-01T00:00:00.000000Z',
    reason: null,
    recorded_later: false,
  })),
})
const diff = (changes: DiffResource['changes']) =>
  ({
    group: 'g',
    from: 1,
    from_revision: 1,
    to: 1,
    to_revision: 2,
    compatible: true,
    changes,
  }) as DiffResource

it('puts what both sides say beside each other and marks what differs', () => {
  const rows = sideRows(
    diff([
      { field: 'ttl', old: 'P1D', new: 'P2D', class: 'breaking' },
      { field: 'features.pages', old: null, new: 'int64', class: 'info' },
      { field: 'note', old: 'Shifted.', new: null, class: 'info' },
    ]),
    blame(1, { ttl: 'P1D', timestamp_key: 'day', note: 'Shifted.' }),
    blame(2, { ttl: 'P2D', timestamp_key: 'day', 'features.pages.type': 'int64' }),
  )
  expect(rows.map((row) => [row.field, row.old, row.new, row.class, row.blame?.address])).toEqual([
    ['ttl', 'P1D', 'P2D', 'breaking', '1.2'],
    ['timestamp_key', 'day', 'day', null, '1.2'],
    ['note', 'Shifted.', null, 'info', '1.1'],
    ['features.pages.type', null, 'int64', 'info', '1.2'],
  ])
})

it('tells a change that neither side has a field for', () => {
  const change = { field: 'features.a.contract.nullable', old: null, new: false, class: 'breaking' as const }
  expect(sideRows(diff([change]), blame(1, {}), blame(2, {}))).toEqual([{ ...change, blame: null }])
})
