import { resolve } from 'node:path'
import { z } from 'zod'
import { singleton } from './singleton'

const schema = z.object({
  DATABASE_URL: z.url().optional(),
  DATABASE_OWNER_URL: z.url().optional(),
  ALMANAC_HOME: z.string().default('.almanac'),
  ALMANAC_ENGINE_SOCKET: z.string().optional(),
  ALMANAC_SAMPLE_NOW: z.iso.datetime({ offset: true }).optional(),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  NODE_ENV: z.string().default('development'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
})

export type Env = z.infer<typeof schema> & { home: string }

/** The process's configuration, parsed once. Throws with the variable's name when one is malformed. */
export const env = (): Env =>
  singleton('env', () => {
    const parsed = schema.safeParse(process.env)
    if (!parsed.success) throw new Error(`Configuration: ${z.prettifyError(parsed.error)}`)
    return { ...parsed.data, home: resolve(parsed.data.ALMANAC_HOME) }
  })
