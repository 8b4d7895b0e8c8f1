import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lastTurn, takeTurn, withLock } from './lock.mjs'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'almanac-lock-'))
  file = join(folder, 'lock')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** The id of a process that is no more. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  return child.pid ?? 0
}

/** A holder that was killed in its turn. */
const abandoned = async () => writeFileSync(`${file}.1`, String(await deadPid()))

describe('a lock', () => {
  it('that its holder left dead is taken by one of two who saw it so', async () => {
    await abandoned()
    const [one, two] = [lastTurn(file), lastTurn(file)]
    expect([one, two]).toEqual([
      { turn: 1, isOpen: true },
      { turn: 1, isOpen: true },
    ])
    expect(takeTurn(file, one.turn)).toBe(`${file}.2`)
    expect(takeTurn(file, two.turn), 'the other one also saw the dead holder').toBeNull()
    expect(lastTurn(file)).toEqual({ turn: 2, isOpen: false })
  })

  it('is not taken by an old look, however much happened since', async () => {
    await abandoned()
    const old = lastTurn(file)
    for (let i = 0; i < 3; i += 1) await withLock(file, async () => {})
    const held = withLock(file, async () => {
      expect(takeTurn(file, old.turn)).toBeNull()
      expect(lastTurn(file).isOpen).toBe(false)
    })
    await held
    expect(lastTurn(file).isOpen).toBe(true)
  })

  it('is free again after a failure', async () => {
    await expect(withLock(file, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    expect(await withLock(file, async () => 'done')).toBe('done')
  })

  it('says who holds it when it is not to be had', async () => {
    await withLock(file, async () => {
      await expect(withLock(file, async () => {}, { waitSeconds: 0 })).rejects.toThrow(
        `held by process ${process.pid}`,
      )
    })
  })

  it('lets many processes in one after the other, also past a dead holder', { timeout: 60_000 }, async () => {
    await abandoned()
    const log = join(folder, 'log.txt')
    writeFileSync(log, '')
    const program = `
      import { appendFileSync } from 'node:fs'
      import { setTimeout as wait } from 'node:timers/promises'
      import { withLock } from ${JSON.stringify(new URL('./lock.mjs', import.meta.url).href)}
      for (let i = 0; i < 5; i += 1)
        await withLock(${JSON.stringify(file)}, async () => {
          appendFileSync(${JSON.stringify(log)}, 'in ' + process.pid + '\\n')
          await wait(2)
          appendFileSync(${JSON.stringify(log)}, 'out ' + process.pid + '\\n')
        })
    `
    const children = Array.from({ length: 6 }, () =>
      spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'inherit' }),
    )
    const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]))
    expect(codes).toEqual(children.map(() => 0))
    const lines = readFileSync(log, 'utf8').trim().split('\n')
    expect(lines).toHaveLength(6 * 5 * 2)
    for (let at = 0; at < lines.length; at += 2)
      expect([lines[at], lines[at + 1]]).toEqual([lines[at], lines[at]?.replace('in', 'out')])
  })
})
