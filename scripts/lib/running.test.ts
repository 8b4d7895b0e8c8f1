import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { noteRunning, refuseWhileRunning, runningPortals } from './running.mjs'

const children: ReturnType<typeof spawn>[] = []
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
})

/** A process that its command line calls a portal. */
async function portal(): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'console.log("up"); setInterval(() => {}, 1000)', 'portal'])
  children.push(child)
  await once(child.stdout, 'data')
  return child.pid ?? 0
}

const others = () => runningPortals().map(({ port }) => port)

describe('a build', () => {
  it('is refused while another installation runs on what is there, and says which', async () => {
    const pid = await portal()
    const leave = noteRunning({ pid, port: 41999, home: '/somewhere/else' })
    try {
      expect(others()).toContain(41999)
      expect(() => refuseWhileRunning('The pages')).toThrow(
        /The pages changed.*http:\/\/localhost:41999 \(ALMANAC_HOME \/somewhere\/else\)/s,
      )
    } finally {
      leave()
    }
    expect(others()).not.toContain(41999)
  })

  it('does not mind a killed one, nor a stranger with its number', async () => {
    const pid = await portal()
    noteRunning({ pid, port: 41998, home: '/gone' })
    const [child] = children.slice(-1)
    child?.kill('SIGKILL')
    if (child) await once(child, 'exit')
    expect(others()).not.toContain(41998)
    noteRunning({ pid: 1, port: 41997, home: '/stranger' })
    expect(others()).not.toContain(41997)
  })
})
