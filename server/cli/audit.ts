import { verifyChain } from '@/lib/audit'
import { DomainError } from '@/lib/core/errors'
import type { Command } from './command'

const usage = 'verify · recomputes the chain of the audit log and names the first broken link'

export const command: Command = {
  usage,
  run: async ([action]) => {
    if (action !== 'verify') throw new DomainError('invalid', `npm run almanac -- audit ${usage}`)
    const report = await verifyChain()
    process.stdout.write(`${JSON.stringify(report)}\n`)
    return report.ok ? 0 : 1
  },
}
