import { ensureFirstRun } from '@/lib/identity'
import { readOptions } from './arguments'
import type { Command } from './command'

export const command: Command = {
  usage: '[--sample] · makes the first administrator, and with --sample the people of the sample',
  run: async (args) => {
    const { sample } = readOptions(args, { sample: { type: 'boolean', default: false } })
    await ensureFirstRun({ sample })
    return 0
  },
}
