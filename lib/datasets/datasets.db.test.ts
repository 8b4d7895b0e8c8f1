import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngineForTests } from '@/db/testing/engine'
import type { Context } from '@/lib/core/context'
import { bytesOf, ingest } from '@/lib/ingestion/testing'
import { contextOf, mintName, mintTeam, type TestTeam } from '@/lib/registry/testing'
import {
  createTrainingDataset,
  getCertificate,
  getTrainingDataset,
  previewTrainingDataset,
  uploadSpine,
} from '.'
import { filesFolder } from './folders'
import { built, featureGroup, labelGroup } from './testing'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
let group: string
let label: string
const now = new Date('2026-06-01T00:00:00Z')
const producer = (at = now): Context => contextOf(['producer'], team, { now: () => at })

beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
  const ctx = producer()
  group = await featureGroup(ctx)
  label = await labelGroup(ctx)
  await ingest(ctx, group, [
    { customer_id: 1, interaction_date: '2026-03-01', num_logins: 1, avg_session_duration: 0.5 },
    { customer_id: 1, interaction_date: '2026-04-01', num_logins: 4, avg_session_duration: 1 },
    { customer_id: 2, interaction_date: '2026-03-15', num_logins: 7, avg_session_duration: null },
  ])
  await ingest(ctx, label, [
    { customer_id: 1, as_of: '2026-03-10', plan: 'small', churned: false },
    { customer_id: 1, as_of: '2026-04-10', plan: 'small', churned: true },
    { customer_id: 2, as_of: '2026-04-10', plan: 'large', churned: false },
    { customer_id: 2, as_of: '2026-05-20', plan: 'large', churned: false },
  ])
})
afterAll(() => engine.stop())

const ofGroup = () => ({
  features: [`${group}:num_logins`, `${group}:avg_session_duration`],
  spine: { group: label },
  label: `${label}:churned`,
})

describe('a training dataset', () => {
  it('is previewed with its labels, and with what is left out', async () => {
    const preview = await previewTrainingDataset(producer(), ofGroup())
    expect(preview.spine_rows).toBe(4)
    // 20 May + 30 days lies after 1 June.
    expect(preview.left_out.rows).toBe(1)
    expect(preview.dataset_rows).toBe(3)
    expect(preview.rows).toEqual([
      {
        customer_id: 1,
        as_of: '2026-03-10T00:00:00.000000Z',
        plan: 'small',
        num_logins: 1,
        avg_session_duration: 0.5,
        churned: false,
      },
      {
        customer_id: 1,
        as_of: '2026-04-10T00:00:00.000000Z',
        plan: 'small',
        num_logins: 4,
        avg_session_duration: 1,
        churned: true,
      },
      {
        customer_id: 2,
        as_of: '2026-04-10T00:00:00.000000Z',
        plan: 'large',
        num_logins: 7,
        avg_session_duration: null,
        churned: false,
      },
    ])
    expect(preview.without_label).toBe(0)
    expect(preview.columns.map(({ role }) => role)).toEqual([
      'spine',
      'timestamp',
      'spine',
      'feature',
      'feature',
      'label',
    ])
  })

  it('is built with a certificate, statistics, and files that appear whole', async () => {
    const ctx = producer()
    const { dataset, version, result } = await built(ctx, ofGroup())
    expect(result).toMatchObject({ rows: 3, left_out: 1 })
    const resource = await getTrainingDataset(ctx, dataset)
    expect(resource.latest).toMatchObject({ version: 1, state: 'ready', rows: 3 })
    expect(resource.latest?.left_out?.reason).toContain('30 days')
    const bytes = await readFile(join(filesFolder(dataset, version), 'data.parquet'))
    expect(bytes.subarray(0, 4).toString()).toBe('PAR1')
    const certificate = await getCertificate(ctx, dataset, version)
    expect(certificate.holds).toBe(true)
    expect(certificate.parts).toMatchObject([
      { role: 'feature', with_row: 3, differing: 0, newer: 0 },
      { role: 'label', with_row: 3, differing: 0 },
    ])
    expect(certificate.clauses.map(({ text }) => text).join(' ')).toContain('looks 30 days ahead')
  })

  it('is not begun when its answer cannot be kept', async () => {
    const ctx = producer()
    const name = mintName('dataset')
    const keep = () => Promise.reject(new Error('no room'))
    await expect(createTrainingDataset(ctx, { name, ...ofGroup() }, { keep })).rejects.toThrow('no room')
    await expect(getTrainingDataset(ctx, name)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('gets the next number under the same name', async () => {
    const ctx = producer()
    const name = mintName('dataset')
    expect((await built(ctx, { name, ...ofGroup() })).version).toBe(1)
    expect((await built(ctx, { name, ...ofGroup() })).version).toBe(2)
  })

  it.each([
    ['without a split', undefined],
    ['by time', { by: 'time', test_from: '2026-04-01' }],
    ['by fraction', { by: 'fraction', test: 0.3, validation: 0.2, seed: 7 }],
  ])('is the same from rows and from the file of them that was sent ahead, %s', async (_, split) => {
    const ctx = producer()
    const rows = Array.from({ length: 60 }, (_, index) => ({
      customer_id: (index % 2) + 1,
      event_timestamp: new Date(Date.UTC(2026, 4, 29 - ((index * 37) % 90))).toISOString(),
      n: index,
    }))
    const csv = ['customer_id,event_timestamp,n', ...rows.map((row) => Object.values(row).join(','))].join(
      '\n',
    )
    const { upload } = await uploadSpine(ctx, {
      contentType: 'text/csv',
      name: 'rows',
      bytes: bytesOf(`${csv}\n`),
    })
    const asked = (spine: object) => ({ ...ofGroup(), spine, ...(split ? { split } : {}) })
    const previews = await Promise.all(
      [{ rows }, { upload }].map((spine) => previewTrainingDataset(ctx, asked(spine))),
    )
    expect(previews[1]).toEqual(previews[0])
    expect(previews[1]?.left_out.rows).toBeGreaterThan(10)
    expect(previews[1]?.rows).toHaveLength(previews[1]?.dataset_rows ?? 0)
    const made = [await built(ctx, asked({ rows })), await built(ctx, asked({ upload }))]
    const contents = await Promise.all(
      made.map(async ({ dataset }) => {
        const { latest } = await getTrainingDataset(ctx, dataset)
        return [latest?.content_hash, latest?.files.map(({ name, rows }) => [name, rows])]
      }),
    )
    expect(contents[1]).toEqual(contents[0])
  })

  it('refuses a label as a feature and a feature as a label', async () => {
    const ctx = producer()
    const asked = (more: object) => createTrainingDataset(ctx, { name: mintName('d'), ...ofGroup(), ...more })
    await expect(asked({ features: [`${label}:churned`] })).rejects.toMatchObject({ code: 'invalid' })
    await expect(asked({ label: `${group}:num_logins` })).rejects.toMatchObject({ code: 'invalid' })
    await expect(asked({ spine: { group } })).rejects.toMatchObject({ code: 'invalid' })
  })
})
