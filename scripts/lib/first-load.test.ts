import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { checkFirstLoads, firstLoads } from './first-load.mjs'

const folder = mkdtempSync(join(tmpdir(), 'almanac-first-load-'))
afterAll(() => rmSync(folder, { recursive: true }))

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

const script = (name: string, length: number) => {
  const text = Array.from({ length }, (_, at) => (at * 7919).toString(36)).join(name)
  write(`static/chunks/${name}.js`, text)
  return gzipSync(Buffer.from(text)).length
}

const page = (path: string, entries: Record<string, string[]>) =>
  write(
    `server/app/${path}/page_client-reference-manifest.js`,
    `globalThis.__RSC_MANIFEST = globalThis.__RSC_MANIFEST || {};
globalThis.__RSC_MANIFEST["/${path}/page"] = ${JSON.stringify({ entryJSFiles: entries })}`,
  )

const main = script('main', 500)
const frame = script('frame', 200)
const wide = script('[wide]', 900)
write('build-manifest.json', JSON.stringify({ rootMainFiles: ['static/chunks/main.js'] }))
page('a', { layout: ['static/chunks/frame.js'] })
page('b/[name]', {
  layout: ['static/chunks/frame.js'],
  page: ['static/chunks/frame.js', 'static/chunks/%5Bwide%5D.js'],
})

test('a page weighs each of its scripts once, with those of every page', () => {
  expect(firstLoads(folder)).toEqual([
    { page: '/b/[name]', bytes: main + frame + wide },
    { page: '/a', bytes: main + frame },
  ])
})

test('a page above the limit is named, and no page is none', () => {
  const loads = firstLoads(folder)
  expect(checkFirstLoads(loads, main + frame + wide)).toContain('2 pages')
  expect(() => checkFirstLoads(loads, main + frame)).toThrow('/b/[name]')
  expect(() => checkFirstLoads([])).toThrow('no page')
  expect(() => firstLoads(join(folder, 'nowhere'))).toThrow('npm run build')
})
