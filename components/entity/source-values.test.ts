import { describe, expect, it } from 'vitest'
import { changedMembers } from '@/components/edit/changed-members'
import type { SourceResource } from '@/lib/registry/operations'
import { keptMembers, sourceBody, valuesOfSource } from './source-values'

const config = {
  connection: 'warehouse',
  table: 'orders',
  columns: ['id', 'total'],
  partitions: { by: 'day', count: 4 },
}
const source: SourceResource = {
  id: 's1',
  name: 'orders',
  description: 'What was ordered.',
  kind: 'table',
  config,
  freshness: 'PT1H',
  owner_team: 'sales',
  groups: [],
  sample: false,
  created_at: '2026-01-01T00:00:00Z',
  created_by: 'Ada',
  updated_at: '2026-01-01T00:00:00Z',
  etag: '"1"',
}
const values = valuesOfSource(source)
const bodyOf = (more: Record<string, string>) =>
  changedMembers(sourceBody({ ...values, ...more }, 'table'), { ...values, ...more }, values)

describe('a source that is edited', () => {
  it('sends nothing while nothing differs, and only the members in which something does', () => {
    expect(bodyOf({})).toEqual({})
    expect(bodyOf({ freshness: ' ' })).toEqual({ freshness: null })
    expect(bodyOf({ description: 'Orders. ', owner_team: 'growth' })).toEqual({
      description: 'Orders.',
      owner_team: 'growth',
    })
  })

  it('keeps what has no field when another member of its configuration changes', () => {
    expect(keptMembers(values)).toEqual(['partitions'])
    expect(bodyOf({ 'config.table': 'orders_v2' })).toEqual({ config: { ...config, table: 'orders_v2' } })
    expect(bodyOf({ 'config.columns': '' }).config).not.toHaveProperty('columns')
  })

  it('keeps a value that its field cannot hold', () => {
    const odd = valuesOfSource({ ...source, config: { ...config, columns: ['a,b'] } })
    expect(keptMembers(odd)).toEqual(['columns', 'partitions'])
    expect(sourceBody({ ...odd, 'config.table': 't' }, 'table').config).toMatchObject({ columns: ['a,b'] })
  })
})
