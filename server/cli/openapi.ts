import { currentDocument } from '@/lib/openapi'
import type { Command } from './command'

export const command: Command = {
  usage: '· prints the OpenAPI document of this build',
  run: async () => {
    process.stdout.write(`${JSON.stringify(currentDocument(), null, 2)}\n`)
    return 0
  },
}
