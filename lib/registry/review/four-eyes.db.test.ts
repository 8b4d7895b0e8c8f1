import { expect, it } from 'vitest'
import { testActor, testContext, testRobot } from '@/lib/identity/testing'
import { addVersion, previewVersion, registerFeatureGroup, updateFeatureGroup } from '@/lib/registry'
import { groupBody, mintName } from '@/lib/registry/testing'

const team = mintName('team')
const person = async (name: string, ...roles: ('producer' | 'reviewer' | 'administrator')[]) =>
  testContext(await testActor({ roles, team, name }))

const confidential = () => ({
  ...groupBody({ owner_team: team, classification: 'confidential' }),
  purposes: ['care'],
  lawful_basis: 'contract',
})
const lowered = { classification: 'internal' }

it('a class is lowered neither by who made the group nor by a key that they made', async () => {
  const ada = await person('Ada', 'producer', 'administrator')
  const robot = await testRobot(ada.actor.id, { roles: ['producer', 'administrator'], team })
  const { name } = await registerFeatureGroup(ada, confidential())
  for (const ctx of [ada, robot])
    await expect(updateFeatureGroup(ctx, name, lowered, '*')).rejects.toMatchObject({ code: 'forbidden' })
  const byRobot = await registerFeatureGroup(robot, confidential())
  await expect(updateFeatureGroup(ada, byRobot.name, lowered, '*')).rejects.toMatchObject({
    code: 'forbidden',
  })
})

it('a class is lowered by nobody with a hand in a version, and by another reviewer', async () => {
  const ada = await person('Ada', 'producer')
  const ben = await person('Ben', 'producer', 'reviewer')
  const cleo = await person('Cleo', 'producer', 'reviewer')
  const body = confidential()
  const { name } = await registerFeatureGroup(ada, body)
  await addVersion(ben, name, { features: body.features.slice(0, 1) })
  await expect(updateFeatureGroup(ben, name, lowered, '*')).rejects.toMatchObject({ code: 'forbidden' })
  expect(await updateFeatureGroup(cleo, name, lowered, '*')).toMatchObject(lowered)
})

it('who wrote a revision of the features that serve does not release them', async () => {
  const ada = await person('Ada', 'producer')
  const ben = await person('Ben', 'producer', 'reviewer')
  const body = groupBody({ owner_team: team, permitted_use: ['no_reidentification'] })
  const { name } = await registerFeatureGroup(ada, body)
  await addVersion(ben, name, {
    features: body.features.map((one, at) => (at === 0 ? { ...one, description: 'Said anew.' } : one)),
  })
  await expect(updateFeatureGroup(ben, name, { permitted_use: [] }, '*')).rejects.toMatchObject({
    code: 'forbidden',
  })
})

it.each(['pii', 'direct_identifier'])('the tag %s is taken from a feature in review alone', async (tag) => {
  const ada = await person('Ada', 'producer', 'administrator')
  const [first, ...others] = groupBody().features
  const features = [{ ...first, tags: [tag, 'kept'] }, ...others]
  const { name } = await registerFeatureGroup(ada, groupBody({ owner_team: team, features }))
  const released = { features: [{ ...first, tags: ['kept'] }, ...others] }
  expect(await previewVersion(ada, name, released)).toMatchObject({ becomes: 'draft', review: true })
  expect(await addVersion(ada, name, released)).toMatchObject({ version: 2, state: 'draft' })
  expect(await addVersion(ada, name, { features: [{ ...first, tags: [tag] }, ...others] })).toMatchObject({
    version: 1,
    revision: 2,
  })
})
