import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from '@/lib/core/env'
import { singleton } from '@/lib/core/singleton'

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** The file appears whole or not at all, and the first of two makers wins. */
function make(folder: string, file: string): string {
  mkdirSync(folder, { recursive: true })
  const mine = join(folder, `session-secret-${process.pid}-${randomBytes(4).toString('hex')}`)
  writeFileSync(mine, randomBytes(32).toString('hex'), { mode: 0o600 })
  try {
    linkSync(mine, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    rmSync(mine)
  }
  return readFileSync(file, 'utf8').trim()
}

/** What encrypts session cookies: NEXTAUTH_SECRET, else a file of this installation that only its user can read. */
export const sessionSecret = (): string =>
  singleton('session-secret', () => {
    const given = process.env.NEXTAUTH_SECRET
    if (given) return given
    const folder = join(env().home, 'run')
    const file = join(folder, 'session-secret')
    return readIfThere(file) ?? make(folder, file)
  })
