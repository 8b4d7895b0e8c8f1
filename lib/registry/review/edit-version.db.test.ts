import { expect, it } from 'vitest'
import { testActor, testContext } from '@/lib/identity/testing'
import { addVersion, applyEdit, blameOf, registerFeatureGroup } from '@/lib/registry'
import { groupBody, mintName } from '@/lib/registry/testing'

it('a suggested description leaves a revision of what serves', async () => {
  const team = mintName('team')
  const ada = testContext(await testActor({ roles: ['producer'], team, name: 'Ada' }))
  const body = groupBody({ owner_team: team })
  const { name, description } = await registerFeatureGroup(ada, body)
  await addVersion(ada, name, { features: body.features.slice(0, 1) })
  await applyEdit(ada, name, 2, {
    edit: { field: 'description', old: description, new: 'New words.' },
    suggestedBy: [ada.actor.id],
    reason: 'Applied a suggestion.',
    check: undefined,
    within: async () => {},
  })
  const { fields } = await blameOf(ada, name, '1')
  expect(fields.find(({ field }) => field === 'description')?.value).toBe('New words.')
})
