import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from '@/lib/core/env'
import { DomainError } from '@/lib/core/errors'
import { offerSignInLinks } from '@/lib/identity'
import { readOptions } from './arguments'
import type { Command } from './command'

/** Where this home's portal was last served; each start writes it. */
function servedOrigin(): string {
  const file = join(env().home, 'run', 'origin')
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : 'http://localhost:3000'
}

export const command: Command = {
  usage:
    '[--origin URL] [--email …] · one-time links for the sample’s people and for administrators without a password',
  run: async (args) => {
    const { origin, email } = readOptions(args, {
      origin: { type: 'string', default: servedOrigin() },
      email: { type: 'string' },
    })
    const offers = await offerSignInLinks(email)
    if (email && offers.length === 0)
      throw new DomainError('not_found', `Nobody here has the email ${email}.`)
    const width = Math.max(...offers.map(({ name }) => name.length))
    for (const { name, roles, path } of offers) {
      process.stdout.write(`  ${name.padEnd(width)}  ${roles.join(', ').padEnd(13)}  ${origin}${path}\n`)
    }
    return 0
  },
}
