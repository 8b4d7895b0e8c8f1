import { migrate } from '@/db/migrate'
import { env } from '@/lib/core/env'
import type { Command } from './command'

export const command: Command = {
  usage: '· brings the database to the newest schema',
  run: async () => {
    const { DATABASE_URL, DATABASE_OWNER_URL } = env()
    if (!DATABASE_URL) throw new Error('DATABASE_URL is not set.')
    const applied = await migrate({ ownerUrl: DATABASE_OWNER_URL ?? DATABASE_URL, runtimeUrl: DATABASE_URL })
    process.stdout.write(applied.length === 0 ? 'up to date\n' : `applied ${applied.join(', ')}\n`)
    return 0
  },
}
