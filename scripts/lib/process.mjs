import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from './paths.mjs'

/** A package's program by its file, so that no shell and no npm stands between us and it. */
export const program = {
  biome: ['node_modules/@biomejs/biome/bin/biome'],
  next: ['node_modules/next/dist/bin/next'],
  tsc: ['node_modules/typescript/bin/tsc'],
  knip: ['node_modules/knip/bin/knip.js'],
  vitest: ['node_modules/vitest/vitest.mjs'],
  playwright: ['node_modules/@playwright/test/cli.js'],
}

/** What npm adds to the environment of its scripts would steer an npm or node that we call. */
export function plainEnvironment(extra = {}) {
  const kept = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name))
  return { ...Object.fromEntries(kept), ...extra }
}

/**
 * Runs a program to its end: { code, output, stdout }, where output has both streams. `onLine` hears each line of
 * its standard error while it runs.
 * A program that cannot be run at all ends with code 127 and says why.
 */
export function run(command, args, { env = {}, onLine, cwd = root, timeoutSeconds = 0 } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: plainEnvironment({ NEXT_TELEMETRY_DISABLED: '1', ...env }),
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutSeconds * 1000,
    })
    const both = []
    const out = []
    child.stdout.on('data', (piece) => both.push(piece) && out.push(piece))
    child.stderr.on('data', (piece) => both.push(piece))
    if (onLine) createInterface(child.stderr).on('line', onLine)
    const text = (pieces) => Buffer.concat(pieces).toString('utf8')
    child.once('error', (error) => resolve({ code: 127, output: error.message, stdout: '' }))
    child.once('close', (code, signal) => {
      const output = signal ? `${text(both)}\nended by ${signal}` : text(both)
      resolve({ code: code ?? 1, output, stdout: text(out) })
    })
  })
}

/** Runs a package's program (see `program`) or one of our scripts under this Node. */
export const runNode = (script, args = [], options = {}) =>
  run(process.execPath, [...[script].flat().map((part) => join(root, part)), ...args], options)
