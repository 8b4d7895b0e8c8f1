import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { PlanResource } from '@/lib/definitions/operations'
import { carriedOut, outcomeOf } from './wait'

type Answer = (request: IncomingMessage, response: ServerResponse) => void
const close: (() => Promise<unknown>)[] = []
afterEach(async () => {
  await Promise.all(close.splice(0).map((one) => one()))
  vi.restoreAllMocks()
})

/** A portal that gives these answers, one after the other. */
async function portal(...answers: Answer[]) {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const asked: { path: string; key: string | undefined }[] = []
  const server = createServer((request, response) => {
    const key = request.headers['idempotency-key']
    asked.push({ path: request.url ?? '', key: Array.isArray(key) ? key[0] : key })
    answers.shift()?.(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  close.push(() => new Promise((resolve) => server.close(resolve)))
  const { port } = server.address() as AddressInfo
  return { asked, at: { url: `http://127.0.0.1:${port}`, key: 'alm_x' } }
}

const says =
  (status: number, body: unknown): Answer =>
  (_, response) =>
    response
      .writeHead(status, { 'content-type': 'application/json', connection: 'close' })
      .end(JSON.stringify(body))
const cut: Answer = ({ socket }) => void socket.destroy()

const plan = { plan: 'p1' }
const run = (more: object) =>
  says(200, { job: 'j1', act: 'plan', progress: null, problem: null, outcome: null, ...more })
const begun = says(202, { job: 'j1', act: 'plan', run: '/api/v1/definitions/runs/j1' })

describe('a plan from the command line', () => {
  it('is there at once where it is small', async () => {
    const { at, asked } = await portal(says(200, plan))
    expect(await carriedOut<PlanResource>(at, 'plan', {})).toEqual(plan)
    expect(asked).toHaveLength(1)
  })

  it('asks again with the same key when the connection was cut, and waits for the job that it finds', async () => {
    const { at, asked } = await portal(cut, begun, cut, run({ state: 'succeeded', outcome: plan }))
    expect(await carriedOut<PlanResource>(at, 'plan', {})).toEqual(plan)
    expect(asked.map(({ path }) => path)).toEqual([
      '/api/v1/definitions/plan',
      '/api/v1/definitions/plan',
      '/api/v1/definitions/runs/j1',
      '/api/v1/definitions/runs/j1',
    ])
    expect(asked[0]?.key).toMatch(/.{36}/)
    expect(asked[1]?.key).toBe(asked[0]?.key)
  })

  it('fails with the faults of the job, or because it was cancelled, or is not a plan', async () => {
    const errors = [{ pointer: '/a', reason: 'a.yaml:3: no', code: 'x' }]
    const failed = await portal(run({ state: 'failed', problem: { detail: 'Nothing was applied.', errors } }))
    await expect(outcomeOf(failed.at, 'plan', 'j1')).rejects.toMatchObject({
      message: 'Nothing was applied.',
      details: { errors },
    })
    const ended = await portal(run({ state: 'cancelled' }))
    await expect(outcomeOf(ended.at, 'plan', 'j1')).rejects.toThrow('nothing was applied')
    const other = await portal(run({ state: 'succeeded', act: 'apply', outcome: plan }))
    await expect(outcomeOf(other.at, 'plan', 'j1')).rejects.toThrow('almanac apply')
  })
})
