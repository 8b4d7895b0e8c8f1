import { fileURLToPath } from 'node:url'
import { closeDatabase } from '@/db/client'
import { clockNow } from '@/lib/core/clock'
import { DomainError } from '@/lib/core/errors'
import { systemContext } from '@/lib/identity'
import { definitions, startRunner } from '@/lib/jobs'
import { startEngine } from '@/lib/offline'
import {
  loadSample,
  type ReplayedDay,
  readSampleState,
  removeSample,
  replaySample,
  type SampleStep,
} from '@/lib/sample'
import { readOptions } from './arguments'
import type { Command } from './command'

const usage =
  'load [--again] [--progress] | replay [--days N] [--every SECONDS] | remove · the sample data: real flights, moved to now'

/** The engine's bundle lies beside this one. */
const engineBundle = fileURLToPath(new URL('./engine.mjs', import.meta.url))

const say = (line: string) => process.stderr.write(`${line}\n`)

const context = () => systemContext({ via: 'cli', now: clockNow })

const loadOptions = {
  again: { type: 'boolean', default: false },
  progress: { type: 'boolean', default: false },
} as const

const showStep = ({ name, detail, done, total, seconds }: SampleStep) =>
  say(`  ${String(done).padStart(2)}/${total} ${name} · ${detail} · ${seconds.toFixed(1)} s`)

/** The number of an option; undefined when it is absent. */
function numberOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (text !== '' && Number.isFinite(value) && value >= 0) return value
  throw new DomainError('invalid', `--${option} takes a number, such as --${option} 7.`)
}

async function load(args: string[]): Promise<string> {
  const { again, progress } = readOptions(args, loadOptions)
  const asked = progress || process.stderr.isTTY
  const { outcome, state } = await loadSample(context(), asked ? showStep : () => {}, { again })
  if (outcome === 'off') return 'off'
  if (outcome === 'removed') return 'removed earlier; `npm run almanac -- sample load --again` brings it back'
  return `${outcome === 'loaded' ? 'loaded' : 'was there'}, days before ${state?.next_day} have arrived`
}

async function replay(args: string[]): Promise<string> {
  const { days, every } = readOptions(args, { days: { type: 'string' }, every: { type: 'string' } })
  const options = {
    days: numberOf('days', days) ?? null,
    everySeconds: numberOf('every', every) ?? 0,
    onDay: ({ day, rows, reads, seconds }: ReplayedDay) =>
      say(`  ${day} · ${rows.toLocaleString('en')} rows · ${reads} reads · ${seconds.toFixed(1)} s`),
  }
  // The portal may be down: then the runs that the new days cause take place here.
  const runner = startRunner(definitions.filter(({ kind }) => kind === 'transformation'))
  const { replayed, left } = await replaySample(context(), options).finally(runner.stop)
  return `${replayed} days replayed, ${left} left`
}

async function remove(args: string[]): Promise<string> {
  readOptions(args, {})
  const { groups, services } = await removeSample(context())
  return `removed ${groups} feature groups and ${services} services; people and teams stay`
}

const verbs: Record<string, (args: string[]) => Promise<string>> = { load, replay, remove }

/** Each start asks for the sample: one that is there already answers without an engine. */
async function answer(verb: string, args: string[]): Promise<string> {
  const work = verbs[verb] ?? load
  const state = verb === 'load' ? await readSampleState() : null
  const stays =
    state?.state === 'loaded' || (state?.state === 'removed' && !readOptions(args, loadOptions).again)
  if (stays) return work(args)
  const engine = await startEngine({ bundle: engineBundle })
  try {
    return await work(args)
  } finally {
    await engine.stop()
  }
}

export const command: Command = {
  usage,
  run: async ([verb = '', ...args]) => {
    if (!Object.hasOwn(verbs, verb)) {
      say(`npm run almanac -- sample ${usage}`)
      return 2
    }
    try {
      process.stdout.write(`${await answer(verb, args)}\n`)
      return 0
    } finally {
      await closeDatabase()
    }
  },
}
