import { DomainError } from '@/lib/core/errors'
import { offerSignInLinks } from '@/lib/identity'
import { readOptions } from './arguments'
import type { Command } from './command'

const defaultOrigin = 'http://localhost:3000'

export const command: Command = {
  usage: '[--origin http://localhost:3000] [--email …] · one-time links for those who cannot sign in yet',
  run: async (args) => {
    const { origin, email } = readOptions(args, {
      origin: { type: 'string', default: defaultOrigin },
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
