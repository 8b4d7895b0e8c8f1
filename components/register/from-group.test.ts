import { describe, expect, it } from 'vitest'
import { featureColumns } from '@/components/forms/feature-grid'
import { setCell } from '@/components/forms/grid-model'
import {
  rowsOfGroup,
  rowsOfValues,
  valuesOfVersion,
  versionBody,
} from '@/components/new-version/version-values'
import { fieldRulesSchema } from '@/lib/registry/operations'
import { toBody } from './definition'
import { fromGroup } from './from-group'
import { group } from './testing'

const rules = fieldRulesSchema.parse({
  custom_fields: [
    { name: 'retention_days', label: 'Retention', type: 'number' },
    { name: 'ticket', label: 'Ticket', type: 'text' },
  ],
})
const columns = featureColumns(['float64'], ['public', 'internal', 'confidential'])

describe('fromGroup', () => {
  it('takes over everything that a registration can state, but not the name', () => {
    const definition = fromGroup(group, columns, ['growth', 'flights'])
    expect(definition.name).toBe('')
    expect(toBody({ ...definition, name: 'seaport_delays' }, ['airport'], rules)).toEqual({
      name: 'seaport_delays',
      description: 'How late flights are.',
      entity: 'airport',
      primary_key: ['airport_code'],
      timestamp_key: 'window_end',
      owner_team: 'flights',
      classification: 'internal',
      tags: ['delay', 'daily'],
      ttl: 'P30D',
      cadence: 'P1D',
      domain: 'flights',
      purposes: ['planning', 'research'],
      lawful_basis: 'public_task',
      permitted_use: ['no_reidentification'],
      permitted_use_note: 'Not about crews.',
      custom: { retention_days: 30, ticket: 'D-1' },
      source: { kind: 'push' },
      features: [
        {
          name: 'mean_delay',
          type: 'float64',
          description: '',
          classification: 'confidential',
          tags: ['late'],
          contract: { min: 0 },
        },
        {
          name: 'hours',
          type: 'float64',
          description: '',
          expression: 'mean_delay / 60',
          permitted_use: ['aggregate_only'],
        },
      ],
    })
  })

  it('gives it to a team of the caller', () => {
    expect(fromGroup(group, columns, ['growth']).ownerTeam).toBe('growth')
  })
})

it('a new version says of each feature what its cell permits', () => {
  const rows = rowsOfGroup(group, columns)
  const unchanged = { values: valuesOfVersion(group), base: valuesOfVersion(group) }
  const permitted = (grid: typeof rows) =>
    versionBody(grid, unchanged, group).features.map((one) =>
      'permitted_use' in one ? one.permitted_use : [],
    )
  expect(permitted(rows)).toEqual([[], ['aggregate_only']])
  const both = 'aggregate_only no_reidentification'
  expect(permitted(setCell(rows, 0, 'permitted_use', both))[0]).toEqual(both.split(' '))
  expect(permitted(setCell(rows, 1, 'permitted_use', ''))[1]).toEqual([])
  expect(permitted(rowsOfValues(valuesOfVersion(group), columns))).toEqual([[], ['aggregate_only']])
})
