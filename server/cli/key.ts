import { DomainError } from '@/lib/core/errors'
import { roles } from '@/lib/core/principal'
import { createServiceKey, defaultTeam, ensureFirstRun, systemContext } from '@/lib/identity'
import { readOptions } from './arguments'
import type { Command } from './command'

const usage = `create --name ci --role administrator [--team ${defaultTeam}] · prints a new API key and nothing else`

export const command: Command = {
  usage,
  run: async ([action, ...args]) => {
    const { name, role, team } = readOptions(args, {
      name: { type: 'string' },
      role: { type: 'string' },
      team: { type: 'string', default: defaultTeam },
    })
    if (action !== 'create' || !name) throw new DomainError('invalid', `npm run almanac -- key ${usage}`)
    const known = roles.find((one) => one === role)
    if (!known) throw new DomainError('invalid', `--role is one of ${roles.join(', ')}`)
    // A key may be the very first thing that anybody asks for.
    await ensureFirstRun({ sample: false })
    const secret = await createServiceKey(systemContext({ via: 'cli' }), { name, role: known, team })
    process.stdout.write(`${secret}\n`)
    return 0
  },
}
