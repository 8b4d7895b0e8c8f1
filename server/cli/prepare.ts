import { readOptions } from './arguments'
import type { Command } from './command'
import { command as firstRun } from './first-run'
import { command as migrate } from './migrate'
import { command as sample } from './sample'

export const command: Command = {
  usage: '[--sample] · schema, first people and sample in one go, as each start needs them',
  run: async (args) => {
    const { sample: withSample } = readOptions(args, { sample: { type: 'boolean', default: false } })
    const migrated = await migrate.run([])
    if (migrated !== 0) return migrated
    const began = await firstRun.run(withSample ? ['--sample'] : [])
    if (began !== 0 || !withSample) return began
    return sample.run(['load', '--progress'])
  },
}
