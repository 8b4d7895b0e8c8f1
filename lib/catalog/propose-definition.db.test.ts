import { beforeAll, expect, it } from 'vitest'
import type { Context } from '@/lib/core/context'
import type { FeatureType } from '@/lib/core/feature-type'
import { registerFeatureGroup as register, registerFeatureGroup } from '@/lib/registry'
import { registerFeatureGroupInput } from '@/lib/registry/operations'
import { contextOf, groupBody, mintName, mintTeam } from '@/lib/registry/testing'
import { proposeDefinition, type SeenColumn } from './propose-definition'

let ctx: Context
beforeAll(async () => {
  ctx = contextOf(['producer'], await mintTeam())
})

const column = (
  name: string,
  kind: 'int64' | 'float64' | 'string' | 'timestamp',
  top: unknown[] = [],
): SeenColumn => ({
  name,
  type: { kind } satisfies FeatureType,
  nulls: 0,
  nan: 0,
  distinct: top.length,
  min: null,
  max: null,
  mean: null,
  standardDeviation: null,
  deciles: null,
  histogram: null,
  top: top.map((value) => ({ value: JSON.stringify(value), count: 1 })),
  trues: null,
  least: null,
  greatest: null,
})

it('proposes a body that registers as it is', async () => {
  const key = mintName('Shop').toLowerCase()
  const file = {
    rows: 3,
    columns: [
      column(`${key}_id`, 'int64'),
      column('Measured At', 'timestamp'),
      column('Unit Price (EUR)', 'float64'),
      column('contact', 'string', ['a@b.org', 'c@d.com']),
    ],
    keyCandidates: [[`${key}_id`]],
    eventTimeColumn: 'Measured At',
  }
  const proposal = await proposeDefinition(ctx, file, mintName('prices'))
  expect(proposal.definition).toMatchObject({
    entity: { name: key, keys: [{ name: `${key}_id`, type: 'int64' }] },
    primary_key: [`${key}_id`],
    timestamp_key: 'measured_at',
    features: [
      { name: 'unit_price_eur', type: 'float64' },
      { name: 'contact', type: 'string' },
    ],
  })
  expect(proposal.columns.map((one) => one.role)).toEqual(['key', 'timestamp', 'feature', 'feature'])
  expect(proposal.columns[3]?.sensitive).toMatchObject({ kind: 'e-mail address', tag: 'pii' })
  expect(proposal.notes.join()).toContain('Unit Price (EUR) → unit_price_eur')
  expect(registerFeatureGroupInput.safeParse(proposal.definition).success).toBe(true)
  await registerFeatureGroup(ctx, proposal.definition)
  const again = await proposeDefinition(ctx, file, null)
  expect(again.definition.entity).toBe(key)
  expect(again.similar).toMatchObject([{ group: proposal.definition.name, share: 1 }])
})

it('names no group that the asker may not know of', async () => {
  await register(
    ctx,
    groupBody({ classification: 'restricted', features: [{ name: 'zebra_canary', type: 'int64' }] }),
  )
  const file = {
    rows: 0,
    columns: [column('zebra_canary', 'int64')],
    keyCandidates: [],
    eventTimeColumn: null,
  }
  const proposal = await proposeDefinition(contextOf(['producer']), file, null)
  expect(proposal).toMatchObject({
    similar: [],
    definition: { entity: null, primary_key: [], timestamp_key: null },
  })
  expect(proposal.notes).toHaveLength(3)
  expect((await proposeDefinition(ctx, file, null)).similar).toHaveLength(1)
})
