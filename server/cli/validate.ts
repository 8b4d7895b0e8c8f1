import { readDefinitionFiles } from '@/lib/definitions/operations'
import { readArguments } from './arguments'
import type { Command } from './command'
import { exitCodes } from './definitions/exit-codes'
import { readFolder } from './definitions/read-folder'
import { faultLine } from './definitions/render-plan'

const usage = '<files or folders> [--format text|json] · whether they can be read, without a portal'

export const command: Command = {
  usage,
  run: async (args) => {
    const { values, positionals } = readArguments(args, { format: { type: 'string', default: 'text' } })
    const { definitions, faults } = readDefinitionFiles(await readFolder(positionals))
    const valid = `${definitions.length} definitions are valid`
    if (values.format === 'json')
      process.stdout.write(
        `${JSON.stringify({ valid: faults.length === 0, definitions: definitions.length, faults }, null, 2)}\n`,
      )
    else process.stdout.write(`${faults.length === 0 ? valid : faults.map(faultLine).join('\n')}\n`)
    return faults.length === 0 ? exitCodes.done : exitCodes.failed
  },
}
