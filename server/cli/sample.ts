import { fileURLToPath } from 'node:url'
import { closeDatabase } from '@/db/client'
import { env } from '@/lib/core/env'
import { systemContext } from '@/lib/identity'
import { startEngine } from '@/lib/offline'
import { loadSample, removeSample, replaySample, type SampleStep } from '@/lib/sample'
import type { Command } from './command'

const usage =
  'load [--again] [--progress] | replay [--days N] [--every SECONDS] | remove · the sample data: real flights, moved to now'

/** The engine's bundle lies beside this one. */
const engineBundle = fileURLToPath(new URL('./engine.mjs', import.meta.url))

const say = (line: string) => process.stderr.write(`${line}\n`)

function context() {
  const { ALMANAC_SAMPLE_NOW } = env()
  const now = ALMANAC_SAMPLE_NOW ? () => new Date(ALMANAC_SAMPLE_NOW) : () => new Date()
  return systemContext({ via: 'cli', now })
}

const showStep = ({ name, detail, done, total, seconds }: SampleStep) =>
  say(`  ${String(done).padStart(2)}/${total} ${name} · ${detail} · ${seconds.toFixed(1)} s`)

/** The number after a flag; null when the flag is absent. */
function numberAfter(args: string[], flag: string): number | null {
  const at = args.indexOf(flag)
  if (at < 0) return null
  const value = Number(args[at + 1])
  if (!Number.isFinite(value) || value < 0) throw new Error(`${flag} takes a number, such as ${flag} 7.`)
  return value
}

async function load(args: string[]): Promise<string> {
  const asked = args.includes('--progress') || process.stderr.isTTY
  const { outcome, state } = await loadSample(context(), asked ? showStep : () => {}, {
    again: args.includes('--again'),
  })
  if (outcome === 'off') return 'off'
  if (outcome === 'removed') return 'removed earlier; `npm run almanac -- sample load --again` brings it back'
  return `${outcome === 'loaded' ? 'loaded' : 'was there'}, days before ${state?.next_day} have arrived`
}

async function replay(args: string[]): Promise<string> {
  const days = numberAfter(args, '--days')
  const { replayed, left } = await replaySample(context(), {
    days: days === null ? null : Math.floor(days),
    everySeconds: numberAfter(args, '--every') ?? 0,
    onDay: ({ day, rows, reads, seconds }) =>
      say(`  ${day} · ${rows.toLocaleString('en')} rows · ${reads} reads · ${seconds.toFixed(1)} s`),
  })
  return `${replayed} days replayed, ${left} left`
}

const verbs: Record<string, (args: string[]) => Promise<string>> = {
  load,
  replay,
  remove: async () => {
    const { groups, services } = await removeSample(context())
    return `removed ${groups} feature groups and ${services} services; people and teams stay`
  },
}

/** Starts the engine only for work: a sample that is loaded already costs no second at each start. */
export const command: Command = {
  usage,
  run: async ([verb, ...args]) => {
    const work = verb ? verbs[verb] : undefined
    if (!work) {
      say(`npm run almanac -- sample ${usage}`)
      return 2
    }
    const engine = await startEngine({ bundle: engineBundle })
    try {
      process.stdout.write(`${await work(args)}\n`)
      return 0
    } finally {
      await engine.stop()
      await closeDatabase()
    }
  },
}
