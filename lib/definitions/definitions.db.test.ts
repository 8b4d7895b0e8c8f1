import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { db } from '@/db/client'
import { auditLog, featureGroups } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { approveChangeSet, getChangeSet, requestChangesOfSet } from '@/lib/governance'
import { testActor, testContext } from '@/lib/identity/testing'
import {
  addVersion,
  approveVersion,
  getFeatureGroup,
  getFeatureService,
  getVersion,
  registerFeatureGroup,
} from '@/lib/registry'
import { groupBody, mintName } from '@/lib/registry/testing'
import { applyDefinitions, exportDefinitions, planDefinitions } from '.'

const team = mintName('team')
let author: Context
let reviewer: Context
let viewer: Context
beforeAll(async () => {
  author = testContext(await testActor({ role: 'producer', team, name: 'Ada' }))
  reviewer = testContext(await testActor({ roles: ['reviewer', 'producer'], name: 'Rita' }))
  viewer = testContext(await testActor({ role: 'viewer', name: 'Vic' }))
})

const lawful = { purposes: ['churn'], lawful_basis: 'contract' }

const file = (path: string, ...documents: object[]) => ({
  path,
  content: documents.map((one) => stringify(one)).join('---\n'),
})

const groupDocument = (overrides: Record<string, unknown> = {}) => ({
  kind: 'feature_group',
  ...groupBody({ owner_team: team, ...overrides }),
})

const exported = async (name: string) =>
  (await exportDefinitions(author, { name, kind: 'feature_group' })).files

/** The exported document with a part of it replaced. */
async function edited(name: string, change: (content: string) => string) {
  const [found] = await exported(name)
  const content = found?.content ?? ''
  expect(change(content)).not.toBe(content)
  return [{ path: found?.path ?? '', content: change(content) }]
}

const exists = async (name: string) =>
  (await db().select().from(featureGroups).where(eq(featureGroups.name, name))).length > 0

const actsOf = (plan: { items: { name: string; act: string }[] }) =>
  plan.items.map(({ name, act }) => [name, act])

describe('planning', () => {
  it('says what would be done and does nothing of it', async () => {
    const [first, second] = [groupDocument(), groupDocument()]
    const service = {
      kind: 'feature_service',
      name: mintName('service'),
      owner_team: team,
      features: [`${second.name}:num_logins`],
    }
    // The service stands before its groups, one of which is made of the other.
    const plan = await planDefinitions(author, { files: [file('all.yaml', service, first, second)] })
    expect(actsOf(plan)).toEqual([
      [first.name, 'create'],
      [second.name, 'create'],
      [service.name, 'create'],
    ])
    expect(plan.summary).toMatchObject({ create: 3, faults: 0, waits: 0 })
    expect(await exists(first.name)).toBe(false)
    const rows = await db().select().from(auditLog).where(eq(auditLog.resourceName, first.name))
    expect(rows).toEqual([])
  })

  it('tells every fault with its line, of names, rights and references alike', async () => {
    const others = groupDocument({ owner_team: mintName('others') })
    const plan = await planDefinitions(author, {
      files: [
        file('service.yaml', {
          kind: 'feature_service',
          name: mintName('service'),
          owner_team: team,
          features: ['nowhere:nothing'],
        }),
        file('others.yaml', others),
        file('fine.yaml', groupDocument()),
      ],
    })
    expect(plan.items.map(({ path, act, faults }) => [path, act, faults.map(({ line }) => line)])).toEqual([
      ['others.yaml', 'none', [expect.any(Number)]],
      ['fine.yaml', 'create', []],
      ['service.yaml', 'none', [expect.any(Number)]],
    ])
    expect(plan.items[0]?.faults[0]?.reason).toContain('There is no team')
    expect(plan.summary.faults).toBe(2)
  })

  it('refuses whoever may register nothing, before looking at the files', async () => {
    await expect(planDefinitions(viewer, { files: 'x' })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(planDefinitions(author, { files: 'x' })).rejects.toMatchObject({ code: 'invalid' })
  })

  it('keeps the refusal of an item on record although the rehearsal is undone', async () => {
    const group = await registerFeatureGroup(author, groupBody({ owner_team: team }))
    const foreign = testContext(await testActor({ role: 'producer', team: mintName('team') }))
    const files =
      (await edited(group.name, (text) => text.replace('description: ', 'description: New. '))) ?? []
    const plan = await planDefinitions(foreign, { files })
    expect(plan.items[0]?.faults).toMatchObject([{ code: 'forbidden' }])
    const rows = await db().select().from(auditLog).where(eq(auditLog.resourceName, group.name))
    expect(rows.filter(({ verdict }) => verdict === 'deny')).toHaveLength(1)
  })
})

describe('exporting', () => {
  it('gives files whose plan does nothing', async () => {
    const group = groupDocument({
      tags: ['churn'],
      ttl: 'P1W',
      cadence: 'PT36H',
      inputs: [{ name: 'seconds', type: 'int64' }],
      features: [
        { name: 'num_logins', type: 'int64', description: 'Logins.', contract: { min: 0, nullable: false } },
        { name: 'hours', type: 'float64', expression: 'seconds / 3600', tags: ['time'] },
      ],
    })
    const source = {
      kind: 'source',
      source_kind: 'file',
      name: mintName('raw'),
      owner_team: team,
      config: { pattern: 'raw/*.parquet', note: '' },
      freshness: 'PT24H',
    }
    const service = {
      kind: 'feature_service',
      name: mintName('service'),
      owner_team: team,
      features: [`${group.name}:num_logins`],
      purpose: 'churn',
    }
    const files = [file('all.yaml', group, source, service)]
    await applyDefinitions(author, { files })
    const { files: out } = await exportDefinitions(author, { team })
    const plan = await planDefinitions(author, { files: out })
    expect(plan.summary).toMatchObject({ create: 0, update: 0, revise: 0, new_version: 0, faults: 0 })
    expect(plan.summary.none).toBe(out.length)
    // What the author wrote means the same as what is exported.
    expect(
      (await planDefinitions(author, { files: [file('a.yaml', group, service)] })).summary,
    ).toMatchObject({
      none: 2,
    })
  })

  it('holds nothing that the caller may not see', async () => {
    const { name } = await registerFeatureGroup(
      author,
      groupBody({ owner_team: team, classification: 'restricted' }),
    )
    expect((await exportDefinitions(author, { name })).files).toHaveLength(1)
    expect(await exportDefinitions(viewer, { name })).toEqual({ files: [], left_out: [] })
  })
})

describe('applying', () => {
  it('does what was planned: texts, a revision, a new major version that waits', async () => {
    const { name } = await registerFeatureGroup(author, groupBody({ owner_team: team }))
    const texts = await edited(name, (text) => text.replace('description: How', 'description: So'))
    const plan = await planDefinitions(author, { files: texts })
    expect(plan.items).toMatchObject([{ act: 'update', changes: [{ field: 'description', class: 'info' }] }])
    await applyDefinitions(author, { files: texts, plan: plan.plan })
    expect((await getFeatureGroup(author, name)).description).toContain('So often')

    const wider = await edited(
      name,
      (text) => `${text}  - name: clicks\n    type: int64\n    description: C.\n`,
    )
    expect((await applyDefinitions(author, { files: wider })).items).toMatchObject([
      { act: 'revise', version: 1, waits: false, changes: [{ field: 'features.clicks', class: 'info' }] },
    ])

    const narrower = await edited(name, (text) => text.replace('type: float64', 'type: int64'))
    const applied = await applyDefinitions(author, { files: narrower, reason: 'Minutes are whole.' })
    expect(applied.items).toMatchObject([{ act: 'new_version', version: 2, waits: true }])
    expect(await getVersion(author, name, 2)).toMatchObject({ state: 'in_review' })
    // Applied again it waits still, and nothing is done.
    const again = await applyDefinitions(author, { files: narrower })
    expect(again.items).toMatchObject([{ act: 'none', version: 2, waits: true }])
  })

  it('does not let its author approve what it submitted', async () => {
    const both = testContext(await testActor({ roles: ['producer', 'reviewer'], team }))
    const { name } = await registerFeatureGroup(author, groupBody({ owner_team: team }))
    const files = await edited(name, (text) => text.replace('type: float64', 'type: int64'))
    await applyDefinitions(both, { files })
    await expect(approveVersion(both, name, 2, {})).rejects.toMatchObject({ code: 'forbidden' })
    await approveVersion(reviewer, name, 2, {})
    expect(await getVersion(author, name, 2)).toMatchObject({ state: 'active' })
  })

  it('submits again what a reviewer sent back, a new version or a first one', async () => {
    const { name } = await registerFeatureGroup(author, groupBody({ owner_team: team }))
    const files = [
      ...(await edited(name, (text) => text.replace('type: float64', 'type: int64'))),
      file('first.yaml', groupDocument({ classification: 'confidential', ...lawful })),
    ]
    const { items, change_set } = await applyDefinitions(author, { files })
    const set = await getChangeSet(reviewer, change_set ?? '')
    await requestChangesOfSet(reviewer, set.id, { reason: 'Say why.' }, set.etag)
    const plan = await planDefinitions(author, { files })
    expect(plan.items).toMatchObject([
      { act: 'submit', version: 2, waits: true, changes: [] },
      { act: 'submit', version: 1, waits: true, changes: [] },
    ])
    expect(plan.summary).toMatchObject({ submit: 2, none: 0, waits: 2 })
    const again = await applyDefinitions(author, { files, plan: plan.plan, reason: 'It is said.' })
    expect(again.change_set).not.toBeNull()
    for (const { name: group, version } of items)
      expect(await getVersion(author, group, version ?? 0)).toMatchObject({ state: 'in_review' })
  })

  it('hands all that waits to its reviewers as one review', async () => {
    const groups = Array.from({ length: 5 }, () =>
      groupDocument({ classification: 'confidential', ...lawful }),
    )
    const files = groups.map((one, at) => file(`${at}.yaml`, one))
    const { change_set, items } = await applyDefinitions(author, { files, reason: 'Five at once.' })
    expect(items.every(({ waits }) => waits)).toBe(true)
    const set = await getChangeSet(reviewer, change_set ?? '')
    expect(set).toMatchObject({ title: 'Five at once.', item_count: 5, state: 'in_review' })
    await expect(approveChangeSet(author, set.id, {}, set.etag)).rejects.toMatchObject({ code: 'forbidden' })
    await approveChangeSet(reviewer, set.id, {}, set.etag)
    for (const { name } of groups) expect((await getFeatureGroup(author, name)).state).toBe('active')
  })

  it('tells what is missing for a review before anything is applied', async () => {
    const bare = groupDocument({ classification: 'confidential', ...lawful, description: '' })
    const plan = await planDefinitions(author, { files: [file('bare.yaml', bare)] })
    expect(plan.items[0]?.faults).toMatchObject([{ pointer: '/description' }])
    await expect(applyDefinitions(author, { files: [file('bare.yaml', bare)] })).rejects.toMatchObject({
      code: 'invalid',
    })
    expect(await exists(bare.name)).toBe(false)
  })

  it('does nothing when one item cannot be done', async () => {
    const fine = groupDocument()
    const files = [
      file('fine.yaml', fine),
      file('wrong.yaml', { kind: 'feature_service', name: mintName('s'), features: ['nowhere:x'] }),
    ]
    await expect(applyDefinitions(author, { files })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('wrong.yaml:'),
    })
    expect(await exists(fine.name)).toBe(false)
  })

  it('tells each that cannot be submitted, with its line, and applies nothing', async () => {
    const features = [{ name: 'num_logins', type: 'int64', description: '' }]
    const more = { classification: 'confidential', ...lawful, features }
    const documents = [groupDocument(more), groupDocument(more), groupDocument()]
    const files = [file('mute.yaml', ...documents)]
    const planned = await planDefinitions(author, { files })
    const faults = planned.items.flatMap((item) => item.faults)
    expect(faults).toHaveLength(2)
    await expect(applyDefinitions(author, { files })).rejects.toMatchObject({
      code: 'invalid',
      details: { extensions: { faults } },
    })
    for (const { name } of documents) expect(await exists(name)).toBe(false)
  })

  it('refuses when the registry is no longer what was planned on', async () => {
    const { name } = await registerFeatureGroup(author, groupBody({ owner_team: team }))
    const files = await edited(name, (text) => text.replace('description: How', 'description: So'))
    const { plan } = await planDefinitions(author, { files })
    const { features } = await getFeatureGroup(author, name)
    await addVersion(author, name, {
      features: [
        ...features.map(({ name, type, description, contract }) => ({ name, type, description, contract })),
        { name: 'clicks', type: 'int64' },
      ],
    })
    await expect(applyDefinitions(author, { files, plan })).rejects.toMatchObject({ code: 'conflict' })
    expect((await getFeatureGroup(author, name)).description).toContain('How often')
  })

  it('changes a text while a version waits for its reviewer', async () => {
    const { name } = await registerFeatureGroup(author, groupBody({ owner_team: team }))
    await applyDefinitions(author, {
      files: await edited(name, (text) => text.replace('type: float64', 'type: int64')),
    })
    const waiting = await edited(name, (text) =>
      text.replace('type: float64', 'type: int64').replace('How often', 'So often'),
    )
    expect((await applyDefinitions(author, { files: waiting })).items).toMatchObject([{ act: 'update' }])
    expect((await getFeatureGroup(author, name)).description).toContain('So often')
    expect(await getVersion(author, name, 2)).toMatchObject({ state: 'in_review' })
  })

  it('stands for what is created, too: another document is another plan', async () => {
    const group = groupDocument()
    const { plan } = await planDefinitions(author, { files: [file('g.yaml', group)] })
    const other = { ...group, description: 'Something else.' }
    await expect(applyDefinitions(author, { files: [file('g.yaml', other)], plan })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  it('opens nothing by leaving a line out, and says that opening is breaking', async () => {
    const { name } = await registerFeatureGroup(
      author,
      groupBody({ owner_team: team, classification: 'confidential', ...lawful }),
    )
    const silent = await edited(name, (text) => text.replace(/^classification: .*\n/m, ''))
    expect((await planDefinitions(author, { files: silent })).summary).toMatchObject({ none: 1, faults: 0 })
    const open = await edited(name, (text) =>
      text.replace('classification: confidential', 'classification: public'),
    )
    const administrator = testContext(await testActor({ role: 'administrator' }))
    const { items, summary } = await planDefinitions(administrator, { files: open })
    expect([items, summary.breaking]).toMatchObject([[{ changes: [{ field: 'classification' }] }], 1])
  })

  it('moves a service to what its document selects', async () => {
    const { name } = await registerFeatureGroup(author, groupBody({ owner_team: team }))
    const service = mintName('service')
    const document = (features: string[]) => [
      file('s.yaml', { kind: 'feature_service', name: service, owner_team: team, features }),
    ]
    await applyDefinitions(author, { files: document([`${name}:num_logins`]) })
    expect(actsOf(await applyDefinitions(author, { files: document([`${name}@1:num_logins`]) }))).toEqual([
      [service, 'none'],
    ])
    const both = [`${name}:avg_session_duration`, `${name}:num_logins`]
    expect((await applyDefinitions(author, { files: document(both) })).items).toMatchObject([
      { act: 'new_version', version: 2 },
    ])
    expect((await getFeatureService(author, service)).features).toEqual([
      `${name}@1:avg_session_duration`,
      `${name}@1:num_logins`,
    ])
  })

  it('keeps what is fixed: keys of an entity, entity and environments of a group', async () => {
    const group = groupDocument()
    await applyDefinitions(author, { files: [file('g.yaml', group)] })
    const moved = { ...group, environments: ['prod', 'dev'] }
    const plan = await planDefinitions(author, { files: [file('g.yaml', moved)] })
    expect(plan.items[0]?.faults).toMatchObject([{ pointer: '/environments', code: 'promote_it' }])
  })
})
