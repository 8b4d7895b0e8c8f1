import { describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { registerFeatureGroup } from '@/lib/registry'
import { contextOf, groupBody, mintTeam } from '@/lib/registry/testing'
import { exportOdcs, getContract, importOdcs, listContractVersions, proposeContract } from '..'

const features = [
  {
    name: 'n',
    type: 'int64',
    contract: { min: 0, max: '9007199254740993', nullable: false, enforcement: 'warn' },
  },
  {
    name: 'f',
    type: 'float64',
    contract: { max: 1.5, max_null_share: 0.35, enforcement_by_term: { max: 'warn' } },
  },
  { name: 'd', type: 'decimal(12,2)', contract: { min: -5 } },
  { name: 's', type: 'string', contract: { pattern: '^[a-c]+$', unique: true } },
  { name: 'color', type: 'string', contract: { allowed: ['red', 'green: blue', '#x'] } },
  { name: 'open', type: 'json' },
  { name: 'ids', type: 'array<int64>' },
]

const everything = {
  terms: {
    enforcement: 'warn',
    freshness: { max_age: 'PT6H', by: '06:30', at_commit: true, enforcement: 'strict' },
    checks: [
      {
        name: 'ordered',
        expression: "n <= 5 or s = 'a: b'",
        description: 'In order.',
        enforcement: 'strict',
      },
      { name: 'plain', expression: 'f >= 0' },
    ],
    unique: [{ columns: ['customer_id', 'interaction_date'], enforcement: 'strict' }, { columns: ['s'] }],
    rows: { per_commit: { max: 10 }, per_day: { min: 1, max: 100 }, enforcement: 'strict' },
    null_share: [
      { feature: 'f', max: 0.07 },
      { feature: 's', max: 0.333, enforcement: 'strict' },
    ],
  },
  purpose: 'Churn: models only.\nTwo lines.',
  service_level: 'By seven.',
  support: '#growth-data',
  limitations: 'Not for billing.',
} as const

async function place(body: object | null = everything) {
  const team = await mintTeam()
  const owner = contextOf(['producer'], team)
  const { name } = await registerFeatureGroup(owner, groupBody({ owner_team: team.name, features }))
  if (body) await proposeContract(owner, name, body)
  return { owner, name }
}

describe('a contract as a document of the standard', () => {
  const tens = (name: string) => `[${Array(10).fill(`*${name}`).join(', ')}]`
  const bomb = ['a: &a [1, 1]', `b: &b ${tens('a')}`, `c: &c ${tens('b')}`, `d: &d ${tens('c')}`, 'e: 1']
  it.each([
    ['an alias that leads nowhere', 'kind: DataContract\nfoo: 1\nbar: *nope\n', /^line 3, column 6: /],
    ['aliases that unfold without end', bomb.join('\n'), /^line 4, column \d+: /],
  ])('is refused for %s, naming the line', async (_, document, reason) => {
    const { owner, name } = await place(null)
    await expect(importOdcs(owner, name, { document })).rejects.toMatchObject({
      code: 'invalid',
      details: { errors: [{ pointer: '/document', reason: expect.stringMatching(reason) }] },
    })
  })

  it('comes back as it went: nothing changes, and nothing is left over', async () => {
    const { owner, name } = await place()
    const document = await exportOdcs(owner, { group: name })
    // To replace: what got lost on the way would be missed.
    expect(await importOdcs(owner, name, { document, mode: 'replace' })).toMatchObject({
      changes: [],
      features: [],
      not_enforced: [],
      change: 'same',
      contract: null,
      terms: everything.terms,
    })
  })

  it('takes nothing from a document that is said of a whole table, or of another one', async () => {
    const { owner, name } = await place(null)
    const document = stringify({
      apiVersion: 'v3.1.0',
      kind: 'DataContract',
      schema: [
        {
          name,
          quality: [
            { type: 'library', metric: 'rowCount', mustBeGreaterOrEqualTo: 1_000_000 },
            {
              type: 'library',
              metric: 'duplicateValues',
              mustBe: 0,
              arguments: { properties: ['s', 'beyond'] },
            },
          ],
        },
      ],
      slaProperties: [
        { property: 'latency', value: 4, unit: 'd', element: 'other_table.at' },
        { property: 'latency', value: 10_000_000, unit: 'd' },
        { property: 'latency', value: 2, unit: 'd', element: `${name}.interaction_date` },
      ],
    })
    const read = await importOdcs(owner, name, { document })
    expect(read.terms).toEqual({ freshness: { max_age: 'P2D' } })
    const left = read.not_enforced.map(({ path }) => path)
    for (const pointer of [
      '/schema/0/quality/0',
      '/schema/0/quality/1',
      '/slaProperties/0',
      '/slaProperties/1',
    ])
      expect(
        left.some((one) => one === pointer || pointer.startsWith(`${one}/`) || one.startsWith(`${pointer}/`)),
      ).toBe(true)
    expect(left.some((one) => one.startsWith('/slaProperties/2'))).toBe(false)
    expect(read.not_enforced.every(({ line }) => line !== null)).toBe(true)
  })

  it('is all that another group needs', async () => {
    const [from, to] = [await place(), await place(null)]
    const text = (await exportOdcs(from.owner, { group: from.name })).replaceAll(from.name, to.name)
    const applied = await importOdcs(to.owner, to.name, { document: text, apply: true })
    expect(applied).toMatchObject({ contract: 1, change: 'first', features: [] })
    const { contract } = await getContract(to.owner, { group: to.name })
    expect(contract).toMatchObject(everything)
  })

  it('tells what it would change, and what of it is not enforced, by line', async () => {
    const { owner, name } = await place({ terms: { freshness: { max_age: 'P1D' } } })
    const document = `apiVersion: v3.0.2
kind: DataContract
id: other
version: 1.0.0
status: active
price: {priceAmount: 9.95}
servers:
  - {server: local, type: local, path: /etc/passwd, format: csv}
slaProperties:
  - {property: freshness, value: 2, unit: d}
  - {property: retention, value: 3, unit: y}
schema:
  - name: ${name}
    properties:
      - name: n
        required: false
      - name: nobody
        logicalType: string
    quality:
      - {type: sql, query: "select 1", mustBe: 1}
`
    const preview = await importOdcs(owner, name, { document, mode: 'replace' })
    expect(preview.changes).toEqual([
      {
        term: 'freshness.max_age',
        old: 'newest event at most P1D old',
        new: 'newest event at most P2D old',
        effect: 'less',
      },
    ])
    expect(preview.features).toContainEqual({ feature: 'n', term: 'nullable', now: 'false', document: null })
    expect(preview.not_enforced).toEqual([
      { path: '/price', line: 6, reason: 'no term stands for it' },
      { path: '/servers', line: 8, reason: 'where data lies elsewhere is not read' },
      { path: '/slaProperties/1', line: 11, reason: 'a service level that is not judged here' },
      { path: '/schema/0/properties/1', line: 17, reason: 'no feature of this version has this name' },
      { path: '/schema/0/quality', line: 20, reason: 'a rule that is not enforced here' },
    ])
    expect((await getContract(owner, { group: name })).contract?.number).toBe(1)
  })

  it('is merged unless asked otherwise: what it leaves out stays, in terms, texts and terms of features', async () => {
    const { owner, name } = await place()
    const document = stringify({
      apiVersion: 'v3.1.0',
      kind: 'DataContract',
      schema: [{ name, properties: [{ name: 'n', required: true }] }],
      slaProperties: [{ property: 'latency', value: 2, unit: 'd' }],
    })
    const merged = await importOdcs(owner, name, { document })
    expect(merged).toMatchObject({ mode: 'merge', features: [], purpose: everything.purpose })
    expect(merged.terms).toEqual({
      ...everything.terms,
      freshness: { ...everything.terms.freshness, max_age: 'P2D' },
    })
    expect(merged.changes.map(({ term }) => term)).toEqual(['freshness.max_age'])
    const replaced = await importOdcs(owner, name, { document, mode: 'replace' })
    expect(replaced.terms).toEqual({ freshness: { max_age: 'P2D' } })
    expect(replaced.changes.length).toBeGreaterThan(merged.changes.length)
    expect(replaced.features.length).toBeGreaterThan(0)
    expect(merged.modes).toEqual(replaced.modes)
    expect(merged.modes).toMatchObject([
      { mode: 'merge', changes: merged.changes, refused: null },
      { mode: 'create', refused: expect.stringContaining('Contract 1 is in force') },
      { mode: 'replace', changes: replaced.changes, refused: null },
    ])
    const create = importOdcs(owner, name, { document, mode: 'create', apply: true })
    await expect(create).rejects.toMatchObject({ code: 'conflict' })
    await importOdcs(owner, name, { document, apply: true })
    const { data } = await listContractVersions(owner, { group: name })
    expect(data[0]).toMatchObject({ number: 2, terms: merged.terms, purpose: everything.purpose })
  })

  it('keeps the whole document, and gives it back deep-equal while it says what holds', async () => {
    const { owner, name } = await place(null)
    const all = parse(await exportOdcs(owner, { group: name }))
    const [object] = all.schema
    const [key, ...others] = object.properties
    const schema = [{ ...object, properties: [{ name: 'nobody' }, ...others, key, { name: 'gone' }] }]
    for (const one of schema[0]?.properties ?? []) if (one.name === 'n') one.businessName = 'Number'
    const document = {
      ...all,
      schema,
      slaProperties: [{ property: 'retention', value: 3, unit: 'y' }],
      price: { priceAmount: 9.95, priceCurrency: 'USD' },
      roles: [{ role: 'reader', access: 'read' }],
    }
    await importOdcs(owner, name, { document: stringify(document), apply: true })
    expect(parse(await exportOdcs(owner, { group: name }))).toEqual(document)
    await proposeContract(owner, name, { terms: { freshness: { max_age: 'P1D' } } })
    const next = parse(await exportOdcs(owner, { group: name }))
    expect(next).toMatchObject({ price: document.price, roles: document.roles })
    expect(next.slaProperties).toContainEqual({ property: 'retention', value: 3, unit: 'y' })
    expect(next.slaProperties).toContainEqual(
      expect.objectContaining({ property: 'freshness', value: 'P1D' }),
    )
    const names = next.schema[0].properties.map(({ name: own }: { name: string }) => own)
    expect(names).toEqual([
      ...object.properties.map(({ name: own }: { name: string }) => own),
      'nobody',
      'gone',
    ])
    expect(next.schema[0].properties[2]).toMatchObject({ name: 'n', businessName: 'Number' })
  })

  it.each([
    ['a: [1\nb: 2', 'line 2'],
    ['kind: Other\napiVersion: v3.0.2', 'DataContract'],
    ['kind: DataContract\napiVersion: v2.2.0', 'apiVersion'],
  ])('is refused when it is none: %j', async (document, reason) => {
    const { owner, name } = await place(null)
    await expect(importOdcs(owner, name, { document })).rejects.toMatchObject({
      code: 'invalid',
      details: {
        errors: [expect.objectContaining({ pointer: '/document', reason: expect.stringContaining(reason) })],
      },
    })
  })

  it('is read by the owner alone', async () => {
    const { name } = await place(null)
    const stranger = contextOf(['producer'], await mintTeam())
    await expect(importOdcs(stranger, name, { document: 'a: 1' })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})
