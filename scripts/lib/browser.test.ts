import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { findBrowser, toldWithoutBrowser } from './browser.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'almanac-browser-'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

/** A program that is called a browser and ends with this code. */
function program(code: number): string {
  const path = join(folder, `browser-${code}`)
  writeFileSync(path, `#!/bin/sh\nexit ${code}\n`)
  chmodSync(path, 0o755)
  return path
}

describe('the browser of the tests', () => {
  it('is the named one, when it starts', async () => {
    vi.stubEnv('ALMANAC_BROWSER', program(0))
    expect(await findBrowser()).toBe(program(0))
  })

  it.each([
    ['is not there', () => join(folder, 'nothing')],
    ['does not start', () => program(1)],
  ])('is none when the named one %s, and the end says which tests did not run', async (_, path) => {
    vi.stubEnv('ALMANAC_BROWSER', path())
    expect(await findBrowser()).toBeNull()
    expect(toldWithoutBrowser()).toMatch(/^browser tests.*ALMANAC_BROWSER names \/.*does not start/)
  })

  it('that could not be had anywhere is told with the way to name one', () => {
    vi.stubEnv('ALMANAC_BROWSER', '')
    expect(toldWithoutBrowser()).toContain('ALMANAC_BROWSER=/path/to/chromium npm test')
  })
})
