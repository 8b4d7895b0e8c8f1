import { existsSync } from 'node:fs'
import { buffer, text } from 'node:stream/consumers'
import { tableFromIPC } from 'apache-arrow'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { commits, jobs, trainingDatasetVersions } from '@/db/schema'
import { startEngineForTests } from '@/db/testing/engine'
import type { Context } from '@/lib/core/context'
import { edgesOf } from '@/lib/edges'
import { ingest } from '@/lib/ingestion/testing'
import { deprecateVersion } from '@/lib/registry'
import { classifyFeature, contextOf, mintName, mintTeam, type TestTeam } from '@/lib/registry/testing'
import {
  buildDataset,
  compareDatasetVersions,
  createTrainingDataset,
  deleteDatasetFiles,
  getDatasetStatistics,
  getTrainingDataset,
  listTrainingDatasets,
  previewTrainingDataset,
  readDatasetFile,
  recreateTrainingDataset,
  runRecreation,
  runVerification,
  verifyTrainingDataset,
} from '.'
import { filesFolder, workFolder } from './folders'
import { listDatasetsQuery } from './operations'
import { versionById } from './queries'
import { built, featureGroup, labelGroup, noProgress, versionId } from './testing'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
const now = new Date('2026-06-01T00:00:00Z')
const producer = (at = now): Context => contextOf(['producer'], team, { now: () => at })
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
})
afterAll(() => engine.stop())

const row = (customer_id: number, interaction_date: string, num_logins: number) => ({
  customer_id,
  interaction_date,
  num_logins,
  avg_session_duration: num_logins / 4,
})
const spine = (...rows: [number, string][]) => ({
  rows: rows.map(([customer_id, event_timestamp]) => ({ customer_id, event_timestamp })),
})

/** A group of its own with some history, and what a dataset over it asks for. */
async function withHistory() {
  const ctx = producer()
  const group = await featureGroup(ctx)
  await ingest(ctx, group, [row(1, '2026-03-01', 1), row(1, '2026-04-01', 4), row(2, '2026-03-15', 7)])
  const asked = {
    features: [`${group}:num_logins`, `${group}:avg_session_duration`],
    spine: spine([1, '2026-03-02'], [2, '2026-03-20'], [1, '2026-04-20'], [3, '2026-04-20']),
  }
  return { ctx, group, asked }
}

describe('a version of a training dataset', { timeout: 60_000 }, () => {
  it('keeps its content hash, whatever arrives later and however often its files are made', async () => {
    const { ctx, group, asked } = await withHistory()
    const { dataset, version, id, result } = await built(ctx, asked)
    // Late rows that would win: the version knows nothing of them.
    await ingest(producer(new Date('2026-06-02T00:00:00Z')), group, [row(1, '2026-03-01T12:00:00Z', 99)])
    await deleteDatasetFiles(ctx, dataset, version, { reason: 'to be made again' }, '*')
    expect(existsSync(filesFolder(dataset, version))).toBe(false)
    expect((await versionById(id))?.state).toBe('deleted')
    await expect(verifyTrainingDataset(ctx, dataset, version)).rejects.toMatchObject({ code: 'conflict' })
    await recreateTrainingDataset(ctx, dataset, version)
    expect((await runRecreation(ctx, id, noProgress)).content_hash).toBe(result.content_hash)
    expect(await runVerification(ctx, id, noProgress)).toMatchObject({ equal: true })
    await expect(recreateTrainingDataset(ctx, dataset, version)).rejects.toMatchObject({ code: 'conflict' })
    const { latest } = await getTrainingDataset(ctx, dataset)
    const again = await built(ctx, { name: dataset, ...asked, known_at: latest?.known_at })
    expect(again.version).toBe(2)
    expect(again.result.content_hash).toBe(result.content_hash)
    const later = await built(ctx, { name: dataset, ...asked })
    expect(later.result.content_hash).not.toBe(result.content_hash)
  })

  it('is not made again when its history is no longer there, and says why', async () => {
    const { ctx, group, asked } = await withHistory()
    const { dataset, version, id } = await built(ctx, asked)
    await deleteDatasetFiles(ctx, dataset, version, { reason: 'x' }, '*')
    const part = (await versionById(id))?.parts[0]
    await db()
      .update(commits)
      .set({ rows: 2 })
      .where(eq(commits.versionId, part?.version_id ?? ''))
    const refused = recreateTrainingDataset(ctx, dataset, version)
    await expect(refused).rejects.toMatchObject({ code: 'conflict' })
    await expect(refused).rejects.toThrow(`${group}@1 had 1 commits with 3 rows`)
  })

  it('asks for the state that was read before its files are deleted', async () => {
    const { ctx, asked } = await withHistory()
    const { dataset, version } = await built(ctx, asked)
    const remove = (ifMatch: string | null, reason = 'x') =>
      deleteDatasetFiles(ctx, dataset, version, { reason }, ifMatch)
    await expect(remove(null)).rejects.toMatchObject({ code: 'precondition_required' })
    await expect(remove('"9"')).rejects.toMatchObject({ code: 'precondition_failed' })
    await expect(remove('*', '')).rejects.toMatchObject({ code: 'invalid' })
    expect((await remove('"1"')).files_deleted?.reason).toBe('x')
  })

  it('is compared with another: rows, columns, specification and distributions', async () => {
    const { ctx, group, asked } = await withHistory()
    const name = mintName('dataset')
    await built(ctx, { name, ...asked })
    await ingest(ctx, group, [row(1, '2026-03-01T06:00:00Z', 500), row(2, '2026-03-16', 600)])
    await built(ctx, {
      name,
      ...asked,
      features: [`${group}:num_logins`],
      spine: spine([1, '2026-03-02'], [2, '2026-03-20'], [1, '2026-04-20']),
    })
    const compared = await compareDatasetVersions(ctx, name, 1, 2)
    expect(compared.same_content).toBe(false)
    expect(compared.rows).toEqual({ from: 4, to: 3 })
    expect(compared.schema).toEqual([
      { column: 'avg_session_duration', change: 'removed', from: 'float64', to: null },
    ])
    expect(compared.spec.map(({ field }) => field)).toContain('features')
    const logins = compared.columns.find((column) => column.name === 'num_logins')
    expect(logins?.mean).toEqual({ from: 4, to: 368 })
    expect(logins?.wasserstein_over_sd).toBeGreaterThan(50)
    expect(logins?.null_share).toEqual({ from: 0.25, to: 0 })
    expect((await compareDatasetVersions(ctx, name, 1, 1)).same_content).toBe(true)
  })

  it('gives its rows in other formats, in the order of the spine', async () => {
    const { ctx, asked } = await withHistory()
    const { dataset, version } = await built(ctx, asked)
    const csv = await readDatasetFile(ctx, {
      dataset,
      version,
      file: 'data.parquet',
      format: 'csv',
      int64AsString: false,
    })
    expect(csv.kind === 'converted' ? await text(csv.stream) : '').toBe(
      'customer_id,event_timestamp,num_logins,avg_session_duration\n' +
        '1,2026-03-02T00:00:00.000000Z,1,0.25\n2,2026-03-20T00:00:00.000000Z,7,1.75\n' +
        '1,2026-04-20T00:00:00.000000Z,4,1.0\n3,2026-04-20T00:00:00.000000Z,,\n',
    )
    const arrow = await readDatasetFile(ctx, {
      dataset,
      version,
      file: 'data.parquet',
      format: 'arrow',
      int64AsString: false,
    })
    const bytes = arrow.kind === 'converted' ? await buffer(arrow.stream) : null
    expect(tableFromIPC(bytes).getChild('num_logins')?.toArray()).toEqual(
      BigInt64Array.from([1n, 7n, 4n, 0n]),
    )
    for (const file of ['no.parquet', '../spine.json', 'data.parquet/..']) {
      const asking = readDatasetFile(ctx, { dataset, version, file, format: 'parquet', int64AsString: false })
      await expect(asking).rejects.toMatchObject({ code: 'not_found' })
    }
  })

  it('is divided by time or by lot, and its hash is of the files in order', async () => {
    const { ctx, asked } = await withHistory()
    const byTime = await built(ctx, { ...asked, split: { by: 'time', test_from: '2026-04-01' } })
    const version = await versionById(byTime.id)
    expect(version?.files.map(({ name, rows }) => [name, rows])).toEqual([
      ['train.parquet', 2],
      ['test.parquet', 2],
    ])
    const rows = Array.from({ length: 400 }, (_, index): [number, string] => [index % 3, '2026-04-20'])
    const byLot = await built(ctx, {
      ...asked,
      spine: spine(...rows),
      split: { by: 'fraction', test: 0.25, validation: 0.25, seed: 7 },
    })
    const files = (await versionById(byLot.id))?.files ?? []
    expect(files.reduce((total, file) => total + file.rows, 0)).toBe(400)
    for (const file of files.slice(1)) expect(Math.abs(file.rows - 100)).toBeLessThan(40)
    expect(await runVerification(ctx, byLot.id, noProgress)).toMatchObject({ equal: true })
  })

  it('can be the spine of another, and brings its own columns along', async () => {
    const { ctx, group, asked } = await withHistory()
    const { dataset } = await built(ctx, asked)
    const preview = await previewTrainingDataset(ctx, {
      features: [`${group}:num_logins`],
      spine: { dataset: `${dataset}@1` },
    })
    expect(preview.columns.map(({ name }) => name)).toEqual(['customer_id', 'event_timestamp', 'num_logins'])
    expect(preview.rows).toHaveLength(4)
  })

  it('has statistics, edges and readers', async () => {
    const { ctx, group, asked } = await withHistory()
    const { dataset, version } = await built(ctx, asked)
    const { columns } = await getDatasetStatistics(ctx, dataset, version)
    expect(columns.find(({ name }) => name === 'num_logins')).toMatchObject({ rows: 4, nulls: 1, mean: 4 })
    const edges = await edgesOf({ kind: 'dataset', name: dataset }, 'up')
    expect(edges.map(({ fromName }) => fromName)).toEqual(
      expect.arrayContaining([group, `${group}:num_logins`]),
    )
    const query = (more: object) => listDatasetsQuery.parse(more)
    expect((await listTrainingDatasets(ctx, query({ group }))).data).toMatchObject([
      { name: dataset, rows: 4, columns: 4, state: 'ready', certificate: { holds: true } },
    ])
    expect((await listTrainingDatasets(ctx, query({ q: '%' }))).data).toEqual([])
  })
})

describe('a build', () => {
  it('that is cancelled leaves no file, and says so', async () => {
    const { ctx, asked } = await withHistory()
    const { dataset, version, job } = await createTrainingDataset(ctx, {
      name: mintName('dataset'),
      ...asked,
    })
    const id = await versionId(dataset, version)
    const leaving = new AbortController()
    const cancelAt = async (done: number) => {
      if (done === 2) leaving.abort()
    }
    await expect(buildDataset({ ...ctx, signal: leaving.signal }, id, cancelAt)).rejects.toThrow()
    expect(existsSync(workFolder(dataset, version))).toBe(false)
    expect(existsSync(filesFolder(dataset, version))).toBe(false)
    await db().update(jobs).set({ state: 'cancelled' }).where(eq(jobs.id, job))
    const resource = await getTrainingDataset(ctx, dataset)
    expect(resource.latest).toMatchObject({ state: 'cancelled', files: [], rows: null })
    const reading = readDatasetFile(ctx, {
      dataset,
      version,
      file: 'data.parquet',
      format: 'parquet',
      int64AsString: false,
    })
    await expect(reading).rejects.toMatchObject({ code: 'conflict' })
  })

  it('whose asker has lost the right publishes nothing', async () => {
    const { ctx, asked } = await withHistory()
    const { dataset, version } = await createTrainingDataset(ctx, { name: mintName('dataset'), ...asked })
    const id = await versionId(dataset, version)
    // The rights of whoever asked have ended since.
    await expect(buildDataset({ ...contextOf([]), now: ctx.now }, id, noProgress)).rejects.toMatchObject({
      code: 'not_found',
    })
    expect(existsSync(filesFolder(dataset, version))).toBe(false)
    const [stored] = await db()
      .select()
      .from(trainingDatasetVersions)
      .where(eq(trainingDatasetVersions.id, id))
    expect(stored).toMatchObject({ state: 'building', contentHash: null })
  })

  it('is refused on a deprecated version, for features and labels, while what is there stays', async () => {
    const { ctx, group, asked } = await withHistory()
    const { dataset, version, id } = await built(ctx, asked)
    await deprecateVersion(ctx, group, 1, { reason: 'old', sunset_at: '2027-01-01T00:00:00Z' })
    await expect(createTrainingDataset(ctx, { name: dataset, ...asked })).rejects.toMatchObject({
      code: 'conflict',
    })
    await deleteDatasetFiles(ctx, dataset, version, { reason: 'x' }, '*')
    await recreateTrainingDataset(ctx, dataset, version)
    expect((await runRecreation(ctx, id, noProgress)).rows).toBe(4)
  })
})

describe('labels', () => {
  it('are left out until their horizon has passed, to the second', async () => {
    const ctx = producer()
    const group = await featureGroup(ctx)
    const label = await labelGroup(ctx, 'P1D')
    await ingest(ctx, label, [
      { customer_id: 1, as_of: '2026-05-30T23:59:59Z', plan: 'a', churned: true },
      { customer_id: 1, as_of: '2026-05-31T00:00:00Z', plan: 'a', churned: false },
      { customer_id: 1, as_of: '2026-05-31T00:00:01Z', plan: 'a', churned: true },
    ])
    const asked = { features: [`${group}:num_logins`], spine: { group: label }, label: `${label}:churned` }
    const preview = await previewTrainingDataset(ctx, { ...asked, known_at: '2026-06-01T00:00:00Z' })
    expect([preview.dataset_rows, preview.left_out.rows]).toEqual([2, 1])
  })

  it('are those of the row’s own time, never of an earlier one', async () => {
    const ctx = producer()
    const group = await featureGroup(ctx)
    const label = await labelGroup(ctx, 'PT0S')
    await ingest(ctx, label, [{ customer_id: 1, as_of: '2026-05-01', plan: 'a', churned: true }])
    const preview = await previewTrainingDataset(ctx, {
      features: [`${group}:num_logins`],
      spine: spine([1, '2026-05-01'], [1, '2026-05-02']),
      label: { feature: `${label}:churned` },
    })
    expect(preview.rows.map(({ churned }) => churned)).toEqual([true, null])
    expect(preview.without_label).toBe(1)
  })
})

describe('rights', () => {
  const roles = ['viewer', 'consumer', 'producer', 'reviewer', 'administrator'] as const

  it('to make and to read follow the columns', async () => {
    const { ctx, group, asked } = await withHistory()
    const { dataset, version } = await built(ctx, asked)
    const outcome = (work: Promise<unknown>) =>
      work.then(
        () => 'done',
        (error: { code?: string }) => error.code ?? 'defect',
      )
    const matrix: Record<string, string[]> = {}
    for (const role of roles) {
      const other = contextOf([role], await mintTeam(), { now: () => now })
      matrix[role] = [
        await outcome(previewTrainingDataset(other, asked)),
        await outcome(getTrainingDataset(other, dataset)),
        await outcome(getDatasetStatistics(other, dataset, version)),
        await outcome(createTrainingDataset(other, { name: dataset, ...asked })),
        await outcome(deleteDatasetFiles(other, dataset, version, { reason: 'x' }, '"7"')),
      ]
    }
    expect(matrix).toEqual({
      viewer: ['forbidden', 'done', 'forbidden', 'forbidden', 'forbidden'],
      consumer: ['done', 'done', 'done', 'forbidden', 'forbidden'],
      producer: ['forbidden', 'done', 'forbidden', 'forbidden', 'forbidden'],
      reviewer: ['forbidden', 'done', 'forbidden', 'forbidden', 'forbidden'],
      administrator: ['done', 'done', 'done', 'done', 'precondition_failed'],
    })
    await classifyFeature(group, 'num_logins', 'confidential')
    const consumer = contextOf(['consumer'], null, { now: () => now })
    const refused = getDatasetStatistics(consumer, dataset, version)
    await expect(refused).rejects.toMatchObject({
      code: 'forbidden',
      details: { decision: { resource: group, action: 'dataset:read' } },
    })
    await classifyFeature(group, 'num_logins', 'restricted')
    const hidden = await getTrainingDataset(consumer, dataset)
    expect(JSON.stringify(hidden)).not.toContain('num_logins')
    await expect(getDatasetStatistics(consumer, dataset, version)).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('of a dataset that nobody knows and of one that is hidden are one answer', async () => {
    const { ctx } = await withHistory()
    await expect(getTrainingDataset(ctx, 'no_such_dataset')).rejects.toMatchObject({ code: 'not_found' })
    await expect(getTrainingDataset(ctx, '../etc')).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('bad input', () => {
  it('is refused with the place that is wrong', async () => {
    const { ctx, group, asked } = await withHistory()
    const codeOf = (body: unknown) =>
      createTrainingDataset(ctx, body).then(
        () => 'accepted',
        (error: { code?: string }) => error.code ?? String(error),
      )
    const d = { name: mintName('d'), ...asked }
    const bad: unknown[] = [
      null,
      [],
      {},
      { ...d, name: 'Not a name' },
      { ...d, spine: {} },
      { ...d, spine: { rows: [], group: 'x' } },
      { ...d, spine: { rows: [], from: '2026-01-01' } },
      { ...d, spine: { rows: [{ customer_id: 1 }] } },
      { ...d, spine: { rows: [{ customer_id: 1.5, event_timestamp: '2026-01-01' }] } },
      { ...d, spine: { rows: [{ customer_id: 1, event_timestamp: null }] } },
      { ...d, spine: { upload: 'nothing' } },
      { ...d, known_at: '2099-01-01' },
      { ...d, known_at: 'event' },
      { ...d, known_at: 'yesterday' },
      { ...d, label: 7 },
      { ...d, label: 'x' },
      { ...d, features: undefined },
      { ...d, feature_service: 'a' },
      { ...d, split: { by: 'fraction', test: 2 } },
      { ...d, split: { by: 'time', test_from: 'x' } },
      { ...d, join_keys: { [group]: { nokey: 'x' } } },
      { ...d, features: [`${group}:num_logins`, `${group}:num_logins`] },
      { ...d, spine: { rows: [{ customer_id: 1, event_timestamp: '2026-01-01', num_logins: 3 }] } },
    ]
    for (const body of bad) expect([await codeOf(body), body]).toEqual(['invalid', body])
    const missing = [
      { ...d, features: ['nope:x'] },
      { ...d, features: [`${group}:nope`] },
      { ...d, label: 'nope:x' },
      { ...d, spine: { dataset: 'nope' } },
      { ...d, spine: { group: 'nope' } },
    ]
    for (const body of missing) expect([await codeOf(body), body]).toEqual(['not_found', body])
    expect((await listTrainingDatasets(ctx, listDatasetsQuery.parse({ q: d.name }))).data).toEqual([])
  })
})
