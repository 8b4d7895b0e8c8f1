import { expect, it } from 'vitest'
import { registerFeatureGroup } from '@/lib/registry'
import { contextOf, groupBody, mintTeam } from '@/lib/registry/testing'
import { editableAssets } from './editable'

it('names what the reader may change: the owners yes, a viewer nothing', async () => {
  const owner = contextOf(['producer'], await mintTeam())
  const group = await registerFeatureGroup(owner, groupBody({ name: 'editable_group' }))
  const feature = `editable_group:${group.features[0]?.name}`
  const listed = [
    { kind: 'group' as const, name: 'editable_group' },
    { kind: 'feature' as const, name: feature },
    { kind: 'service' as const, name: 'editable_group' },
  ]
  expect(await editableAssets(owner, listed)).toEqual(new Set(['group/editable_group', `feature/${feature}`]))
  expect(await editableAssets(contextOf(['viewer']), listed)).toEqual(new Set())
  expect(await editableAssets(contextOf(['producer'], await mintTeam()), listed)).toEqual(new Set())
})
