import { resolve } from 'node:path'
import { z } from 'zod'
import { invalid } from './errors'
import { instantSchema } from './instant'
import { singleton } from './singleton'

const schema = z.object({
  DATABASE_URL: z.url().optional(),
  DATABASE_OWNER_URL: z.url().optional(),
  ALMANAC_HOME: z.string().default('.almanac'),
  ALMANAC_ENGINE_SOCKET: z.string().optional(),
  /** Threads of the engine's queries; absent: one a processor. */
  ALMANAC_ENGINE_THREADS: z.coerce.number().int().min(1).max(1024).optional(),
  /** What its queries may hold in memory before they spill; absent: half the machine's, 4 GiB at most. */
  ALMANAC_ENGINE_MEMORY_MIB: z.coerce.number().int().min(128).optional(),
  /** Where they spill to; absent: the home's staging folder. */
  ALMANAC_ENGINE_TEMP: z.string().optional(),
  /** Historical reads that run at once, and that wait; one more is refused with 503. */
  ALMANAC_ENGINE_READS: z.coerce.number().int().min(1).max(64).default(2),
  ALMANAC_ENGINE_READS_WAITING: z.coerce.number().int().min(0).max(10_000).default(32),
  /** After this long a historical read is ended. */
  ALMANAC_ENGINE_READ_SECONDS: z.coerce.number().min(0.1).max(86_400).default(1800),
  /** By how much the engine steps back behind online reads for the processor. */
  ALMANAC_ENGINE_NICE: z.coerce.number().int().min(0).max(19).default(15),
  ALMANAC_SAMPLE_NOW: instantSchema.optional(),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  NODE_ENV: z.string().default('development'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
})

export type Env = z.infer<typeof schema> & { home: string }

/** The process's configuration, parsed once. Throws with the variable's name when one is malformed. */
export const env = (): Env =>
  singleton('env', () => {
    const parsed = schema.safeParse(process.env)
    if (!parsed.success) throw invalid(`Configuration: ${z.prettifyError(parsed.error)}`)
    return { ...parsed.data, home: resolve(parsed.data.ALMANAC_HOME) }
  })

/**
 * The connection to a PostgreSQL database that an administrator has set under a name, for sources of kind `table`. It
 * holds a password, so that it stands in the environment alone: no answer, log or audit row carries it.
 */
export function sourceConnectionUrl(connection: string): { variable: string; url: string | null } {
  const variable = `ALMANAC_SOURCE_${connection.toUpperCase()}_URL`
  return { variable, url: process.env[variable] || null }
}
