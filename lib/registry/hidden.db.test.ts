import { beforeAll, describe, expect, it } from 'vitest'
import * as registry from '.'
import { classifyFeature, contextOf, groupBody, mintName, mintTeam, type TestTeam } from './testing'

let team: TestTeam
beforeAll(async () => {
  team = await mintTeam()
})
const producer = () => contextOf(['producer'], team)
const outsider = () => contextOf(['consumer'])
const column = (name: string, more: object = {}) => ({ name, type: 'float64', description: name, ...more })
const register = async (more: Record<string, unknown> = {}) =>
  (await registry.registerFeatureGroup(producer(), groupBody(more))).name

describe('a derived feature', () => {
  const features = (own: object) => [
    column('salary', { classification: 'restricted' }),
    column('double', { expression: 'salary * 2', ...own }),
  ]
  const refused = {
    code: 'invalid',
    details: {
      errors: [{ pointer: '/features/1/classification', reason: expect.stringContaining('salary') }],
    },
  }

  it('is at least as strict as what it reads, at registration and in a new version', async () => {
    await expect(register({ features: features({}) })).rejects.toMatchObject(refused)
    await expect(register({ features: features({ classification: 'confidential' }) })).rejects.toMatchObject(
      refused,
    )
    const group = await register({ features: [column('salary')] })
    const change = { features: features({ classification: 'internal' }) }
    await expect(registry.addVersion(producer(), group, change)).rejects.toMatchObject(refused)
    await registry.addVersion(producer(), group, { features: features({ classification: 'restricted' }) })
  })

  it('and a transformation do not name what their reader may not know of', async () => {
    const group = await register({
      features: [column('salary'), column('double', { expression: 'salary * 2' })],
    })
    await classifyFeature(group, 'salary', 'restricted')
    expect((await registry.getFeatureGroup(producer(), group)).features[1]?.expression).toBe('salary * 2')
    const seen = [
      await registry.getFeatureGroup(outsider(), group),
      await registry.getVersion(outsider(), group, 1),
    ]
    expect(JSON.stringify(seen)).not.toContain('salary')
  })
})

describe('what a reader may not know of', () => {
  it('has no impact: a hidden feature is a missing one, and counts nothing', async () => {
    const group = await register({ features: [column('amount'), column('salary')] })
    const service = { name: mintName('service'), features: [`${group}:salary`], owner_team: team.name }
    await registry.registerFeatureService(producer(), service)
    await classifyFeature(group, 'salary', 'restricted')
    const impact = (ctx: ReturnType<typeof producer>, feature?: string) =>
      registry.impactOf(ctx, group, { change: 'deprecate', ...(feature ? { feature } : {}) })
    for (const feature of ['nosuch', 'salary', 'a\u0000b'])
      await expect(impact(outsider(), feature)).rejects.toThrow(
        `Feature ${group}@1:${feature} was not found.`,
      )
    expect((await impact(outsider())).services).toEqual([])
    expect((await impact(producer(), 'salary')).services).toHaveLength(1)
  })

  it('does not make a breaking version look compatible', async () => {
    const group = await register({ features: [column('amount'), column('salary')] })
    await registry.addVersion(producer(), group, {
      features: [column('amount'), { ...column('salary'), type: 'string' }],
    })
    await classifyFeature(group, 'salary', 'restricted')
    const told = await registry.diffVersions(outsider(), group, 1, 2)
    expect(told).toMatchObject({ compatible: false, changes: [] })
    expect((await registry.diffVersions(producer(), group, 1, 2)).changes).toHaveLength(1)
  })
})

describe('a replacement', () => {
  it('is named only to who may know of it', async () => {
    const replacement = await register()
    const group = await register()
    const sunset = '2126-06-10T00:00:00Z'
    await registry.deprecateVersion(producer(), group, 1, { reason: 'Old.', replacement, sunset_at: sunset })
    const admin = contextOf(['administrator'])
    await registry.updateFeatureGroup(admin, replacement, { classification: 'restricted' }, '*')
    const told = async (ctx: ReturnType<typeof producer>) => {
      const version = await registry.resolveVersion(ctx, { group })
      const gone = (() => {
        try {
          registry.assertReadable(ctx, version, new Date(sunset))
        } catch (error) {
          return [String(error), error]
        }
      })()
      return JSON.stringify([
        await registry.getFeatureGroup(ctx, group),
        await registry.listVersions(ctx, group),
        registry.deprecationHeaders(ctx, version),
        gone,
      ])
    }
    expect((await told(producer())).split(replacement).length).toBeGreaterThan(5)
    expect(await told(outsider())).not.toContain(replacement)
  })
})

describe('a strict column of an internal group', () => {
  it('waits for a second person like a strict group', async () => {
    const strict = [column('salary', { classification: 'confidential' })]
    const group = await register({ features: strict })
    expect(await registry.getVersion(producer(), group, 1)).toMatchObject({
      state: 'draft',
      review: 'required',
    })
    const open = await register({ features: [column('amount')] })
    const added = await registry.addVersion(producer(), open, { features: [column('amount'), ...strict] })
    expect(added).toMatchObject({ state: 'draft', change: 'compatible' })
  })

  it('is deprecated by a second person, and refuses others without telling of it', async () => {
    const author = producer()
    const body = groupBody({ name: mintName('mixed'), features: [column('amount'), column('salary')] })
    const { name: group } = await registry.registerFeatureGroup(author, body)
    await classifyFeature(group, 'salary', 'restricted')
    const deprecate = (ctx: typeof author) => registry.deprecateVersion(ctx, group, 1, { reason: 'Old.' })
    await expect(deprecate(author)).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('second person'),
    })
    await expect(deprecate(contextOf(['producer'], await mintTeam()))).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect(await deprecate(producer())).toMatchObject({ state: 'deprecated' })
  })
})
