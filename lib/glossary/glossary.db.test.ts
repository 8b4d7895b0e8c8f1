import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '@/lib/core/context'
import { contextOf, mintName, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { addTerm, changeTerm, getTerm, listTerms, otherWordsFor, removeTerm, termsIn } from '.'

let team: TestTeam
let owner: Context
let reader: Context

beforeAll(async () => {
  team = await mintTeam()
  owner = contextOf(['producer'], team)
  reader = contextOf(['viewer'])
})

const mint = () => mintName('Block time').replaceAll('_', ' ')
const add = (name: string, more: Record<string, unknown> = {}) =>
  addTerm(owner, { name, meaning: 'From gate to gate.', owner_team: team.name, ...more })

describe('the glossary', () => {
  it('keeps a term with its synonyms, found in any case', async () => {
    const name = mint()
    const made = await add(name, { synonyms: [`${name} hours`, name.toUpperCase(), `${name} HOURS`] })
    expect(made).toMatchObject({ name, synonyms: [`${name} HOURS`], owner_team: team.name, etag: '"1"' })
    expect((await getTerm(reader, name.toUpperCase())).name).toBe(name)
    await expect(add(name.toUpperCase())).rejects.toMatchObject({ code: 'conflict' })
    const { data, meta } = await listTerms(reader, { q: `${name} h`, limit: 10 })
    expect(data.map((term) => term.name)).toEqual([name])
    expect(meta).toEqual({ next_cursor: null, total: 1 })
    expect((await listTerms(reader, { q: `${name}%`, limit: 10 })).data).toEqual([])
  })

  it('links at once what it was told, and no longer what was removed', async () => {
    const name = mint()
    await add(name)
    const linked = async () =>
      (await termsIn(reader))(`The ${name.toLowerCase()} of it.`).filter(({ term }) => term).length
    expect(await linked()).toBe(1)
    await removeTerm(owner, name, '*')
    expect(await linked()).toBe(0)
    await expect(getTerm(reader, name)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('is changed by who owns the term, on what was read', async () => {
    const name = mint()
    await add(name)
    const say = { meaning: 'From gate to gate, taxiing included.' }
    await expect(changeTerm(reader, name, say, '*')).rejects.toMatchObject({ code: 'forbidden' })
    await expect(changeTerm(contextOf(['producer'], await mintTeam()), name, say, '*')).rejects.toMatchObject(
      {
        code: 'forbidden',
      },
    )
    await expect(changeTerm(owner, name, say, null)).rejects.toMatchObject({ code: 'precondition_required' })
    expect((await changeTerm(owner, name, say, '"1"')).etag).toBe('"2"')
    await expect(changeTerm(owner, name, say, '"1"')).rejects.toMatchObject({ code: 'precondition_failed' })
  })

  it('hides from who has no role, except what their own team wrote', async () => {
    const name = mint()
    await add(name)
    const nobody = contextOf([])
    await expect(getTerm(nobody, name)).rejects.toMatchObject({
      code: expect.stringMatching(/not_found|forbidden/),
    })
    expect((await termsIn(nobody))(name).every(({ term }) => term === null)).toBe(true)
    expect((await termsIn(contextOf([], team)))(name).some(({ term }) => term !== null)).toBe(true)
  })

  it('tells search which words mean the same', async () => {
    const name = mint()
    const short = mintName('BT').replaceAll('_', '').toLowerCase()
    await add(name, { synonyms: [short.toUpperCase()] })
    const told = async (ctx: Context) => [...(await otherWordsFor(ctx, [short, 'nobody']))]
    expect(await told(reader)).toEqual([[short, [name.toLowerCase()]]])
    expect(await told(contextOf([]))).toEqual([])
    await removeTerm(owner, name, '*')
    expect(await told(reader)).toEqual([])
  })

  it('refuses what is no term', async () => {
    for (const body of [
      { name: '', meaning: 'x' },
      { name: '../x', meaning: 'x' },
      { name: 'x', meaning: ' ' },
    ])
      await expect(addTerm(owner, body)).rejects.toMatchObject({ code: 'invalid' })
    await expect(getTerm(reader, 'a\u0000b')).rejects.toMatchObject({ code: 'not_found' })
  })
})
