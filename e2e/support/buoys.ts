import { productNow } from './installation'

/** mulberry32: the same numbers on every machine, evenly between 0 and 1. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const dayMs = 86_400_000
const weeks = 12
const buoys = 60
/** From this week on the water is warmer: a shift that the drift series must show. */
const warmFromWeek = 9
const moods = ['calm', 'choppy, gusts', 'the "big" swell', 'brume légère']

const quoted = (cell: string) => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

export interface Readings {
  header: string[]
  rows: string[][]
  csv: string
}

const toCsv = (header: string[], rows: string[][]) =>
  `${[header, ...rows].map((row) => row.map(quoted).join(',')).join('\n')}\n`

/**
 * Readings of buoys every other day over twelve weeks up to yesterday: an integer key, a day, a float with some
 * nulls that shifts at the end, an integer, a text with commas, quotes and accents, and a truth value.
 */
export function buoyReadings(): Readings {
  const random = seeded(20260314)
  const header = ['buoy_id', 'read_at', 'water_celsius', 'waves_counted', 'sea_mood', 'lamp_lit']
  const today = Math.floor(productNow().getTime() / dayMs) * dayMs
  const first = today - weeks * 7 * dayMs
  const rows: string[][] = []
  for (let day = 0; day < weeks * 7; day += 2) {
    const warm = day / 7 >= warmFromWeek ? 4 : 0
    for (let buoy = 1; buoy <= buoys; buoy += 1) {
      const water = random() < 0.03 ? '' : (11 + warm + 3 * (random() + random() - 1)).toFixed(2)
      const waves = String(Math.floor(400 + 90 * random()))
      const mood = moods[Math.floor(random() ** 2 * moods.length)] ?? ''
      const at = new Date(first + day * dayMs + (buoy % 24) * 3_600_000).toISOString()
      rows.push([String(9000 + buoy), at, water, waves, mood, String(random() < 0.8)])
    }
  }
  return { header, rows, csv: toCsv(header, rows) }
}

/** The first rows again with four faults: a key that is no number, a word for a time, a fraction of a wave, a word for a truth. */
export function faultyReadings({ header, rows }: Readings): string {
  const spoilt = rows.slice(0, 20).map((row) => [...row])
  const set = (row: number, column: string, value: string) => {
    const cells = spoilt[row - 1]
    if (cells) cells[header.indexOf(column)] = value
  }
  set(2, 'buoy_id', 'nine')
  set(5, 'read_at', 'last tuesday')
  set(11, 'waves_counted', '12.5')
  set(17, 'lamp_lit', 'perhaps')
  return toCsv(header, spoilt)
}
