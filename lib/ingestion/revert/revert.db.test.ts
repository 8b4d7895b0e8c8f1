import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngineForTests } from '@/db/testing/engine'
import { mintTeam, type TestTeam } from '@/lib/registry/testing'
import { steps, Timeline } from './timeline.testing'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
})
afterAll(() => engine.stop())

describe('reverts', () => {
  it('leave history and online as a plain loop says, at every known instant', async () => {
    await fc.assert(
      fc.asyncProperty(steps(false), async (all) => {
        const timeline = await Timeline.create(team)
        for (const step of all) {
          await timeline.step(step, async () => {})
          expect(await timeline.actualOnline()).toEqual(timeline.expectedOnline())
        }
        for (const at of timeline.instants())
          expect(await timeline.actualHistory(at)).toEqual(timeline.expectedHistory(at))
      }),
      { numRuns: Number(process.env.ALMANAC_PROPERTY_RUNS ?? 25) },
    )
  }, 240_000)
})
