import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { auditLog, commitFiles, commits } from '@/db/schema'
import { startEngineForTests } from '@/db/testing/engine'
import { fileWaiting } from '@/lib/offline'
import { registerFeatureGroup } from '@/lib/registry'
import { contextOf, groupBody, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { ingest, readOnline } from './testing'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
})
afterAll(() => engine.stop())

const producer = () => contextOf(['producer'], team)

describe('ingestRows', () => {
  it('brings rows to both stores at once, with their audit row', async () => {
    const ctx = producer()
    const group = await registerFeatureGroup(ctx, groupBody())
    const answer = await ingest(
      ctx,
      group.name,
      '{"rows":[{"customer_id":9007199254740993,"interaction_date":"2026-03-01","num_logins":5,"avg_session_duration":2},{"customer_id":"7","interaction_date":"2026-03-01T08:30:00+02:00"}]}',
    )
    expect(answer).toMatchObject({
      accepted: 2,
      rejected: 0,
      quarantined: 0,
      superseded: 0,
      errors: [],
      online: { state: 'done' },
    })
    expect(answer.online.watermark).toBe(answer.created)
    const read = await readOnline(ctx, [`${group.name}:num_logins`, `${group.name}:avg_session_duration`], {
      customer_id: ['9007199254740993', 7, 8],
    })
    expect(read.entities).toEqual({ customer_id: [9007199254740993n, 7, 8] })
    expect(read.values).toEqual([
      [5, null, null],
      [2, null, null],
    ])
    expect(read.statuses[0]).toEqual(['PRESENT', 'NULL_VALUE', 'NOT_FOUND'])
    expect(read.event_times[0]).toEqual(['2026-03-01T00:00:00.000000Z', '2026-03-01T06:30:00.000000Z', null])
    const [commit] = await db()
      .select()
      .from(commits)
      .where(eq(commits.id, answer.commit ?? ''))
    expect(commit).toMatchObject({ rows: 2, kind: 'ingest', onlineState: 'done' })
    await fileWaiting()
    expect(
      await db()
        .select()
        .from(commitFiles)
        .where(eq(commitFiles.commitId, answer.commit ?? '')),
    ).toHaveLength(1)
    const audit = await db().select().from(auditLog).where(eq(auditLog.action, 'group:write_offline'))
    expect(audit.at(-1)).toMatchObject({ verdict: 'allow', resourceName: group.name })
  })
})
