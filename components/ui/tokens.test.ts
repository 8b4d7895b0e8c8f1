import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const css = readFileSync(join(root, 'app/globals.css'), 'utf8')

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return sources(path)
    return /\.(tsx?|css)$/.test(name) && !name.endsWith('.test.ts') ? [path] : []
  })
}

// A place within a page (`ingest#bad-rows`) is no colour.
const rawColour = /(?<![\w-])#[0-9a-f]{3,8}\b(?![-/])|\b(?:rgba?|hsla?|oklch|oklab|lab|lch|hwb)\(/i
const stockPalette =
  /\b(?:bg|text|border|fill|stroke|outline|ring|from|to|via|decoration)-(?:slate|gray|zinc|neutral|stone|red|orange|amber|yellow|lime|green|emerald|teal|cyan|sky|blue|indigo|violet|purple|fuchsia|pink|rose|black|white)\b/

describe('colours', () => {
  test('stand in app/globals.css and nowhere else', () => {
    const found = [...sources(join(root, 'app')), ...sources(join(root, 'components'))]
      .filter((path) => !path.endsWith('app/globals.css'))
      .flatMap((path) =>
        readFileSync(path, 'utf8')
          .split('\n')
          .flatMap((line, index) =>
            rawColour.test(line) || stockPalette.test(line)
              ? [`${relative(root, path)}:${index + 1} ${line.trim()}`]
              : [],
          ),
      )
    expect(found).toEqual([])
  })

  test('a raw colour and a stock palette name would be found', () => {
    expect(rawColour.test("color: '#fff'")).toBe(true)
    expect(rawColour.test('fill: rgb(0 0 0)')).toBe(true)
    expect(stockPalette.test('className="bg-slate-100"')).toBe(true)
  })
})

type Rgb = [number, number, number]

function tokens(theme: 0 | 1): Map<string, Rgb> {
  const map = new Map<string, Rgb>()
  for (const [, name = '', light = '', dark = ''] of css.matchAll(
    /--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g,
  )) {
    const hex = theme === 0 ? light : dark
    map.set(name, [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as Rgb)
  }
  return map
}

// WCAG 2.2, relative luminance and contrast ratio.
function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((byte) => {
    const share = byte / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as Rgb
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: Rgb, b: Rgb): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

const mix = (over: Rgb, under: Rgb, share: number): Rgb =>
  over.map((byte, index) => byte * share + (under[index] ?? 0) * (1 - share)) as Rgb

describe.each([
  ['light', 0],
  ['dark', 1],
] as const)('contrast, %s', (_, theme) => {
  const map = tokens(theme)
  const colour = (name: string): Rgb => {
    const found = map.get(name)
    if (!found) throw new Error(`--${name} is not in globals.css`)
    return found
  }

  test.each(['ink', 'muted', 'accent', 'ok', 'warn', 'fail'])('%s reaches 5.2:1 on every ground', (name) => {
    for (const ground of ['page', 'surface', 'sunken']) {
      expect(contrast(colour(name), colour(ground)), `${name} on ${ground}`).toBeGreaterThanOrEqual(5.2)
    }
  })

  test.each(['accent', 'ok', 'warn', 'fail'])('%s stays readable on its own tint', (name) => {
    for (const ground of ['page', 'surface', 'sunken']) {
      const tint = mix(colour(name), colour(ground), 0.08)
      for (const text of [name, 'ink', 'muted']) {
        expect(contrast(colour(text), tint), `${text} on ${name} over ${ground}`).toBeGreaterThanOrEqual(4.5)
      }
    }
  })

  test.each(['accent', 'fail', 'ink'])('text on a %s fill is readable', (name) => {
    expect(contrast(colour(name === 'ink' ? 'page' : 'on-fill'), colour(name))).toBeGreaterThanOrEqual(4.5)
  })

  test('a control is seen by its border', () => {
    for (const ground of ['page', 'surface', 'sunken']) {
      expect(contrast(colour('control'), colour(ground))).toBeGreaterThanOrEqual(3)
    }
  })
})
