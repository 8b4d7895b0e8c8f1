import { and, eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { db } from '@/db/client'
import { catalogDocuments } from '@/db/schema'
import { registerFeatureGroup } from '@/lib/registry'
import { contextOf, groupBody, mintName, mintTeam } from '@/lib/registry/testing'
import { similarToGroup } from '.'

const feature = (name: string) => ({ name, type: 'float64', description: `What ${name} says.` })

it('names the groups with the same feature names or entity, most in common first, and no hidden name', async () => {
  const team = await mintTeam()
  const owner = contextOf(['producer'], team)
  const [a, b, secret] = ['same_a', 'same_b', 'secret'].map(mintName)
  const registered = async (features: (string | undefined)[], tags: string[] = []) => {
    const body = groupBody({ features: features.flatMap((name) => (name ? [feature(name)] : [])), tags })
    return (await registerFeatureGroup(owner, body)).name
  }
  const tag = mintName('tag')
  const group = await registered([a, b, secret], [tag])
  const one = await registered([b])
  const both = await registered([a, b, secret], [tag])
  const isSecret = and(eq(catalogDocuments.groupName, both), eq(catalogDocuments.shortName, secret ?? ''))
  await db().update(catalogDocuments).set({ classification: 'restricted' }).where(isSecret)
  const asked = { name: group, entity: null, tags: [tag] }

  const seen = await similarToGroup(contextOf(['consumer'], null), asked)
  expect(seen.map(({ name, features, tags }) => [name, features, tags])).toEqual([
    [both, [a, b], [tag]],
    [one, [b], []],
  ])
  expect((await similarToGroup(owner, asked))[0]?.features).toEqual([a, b, secret])
})
