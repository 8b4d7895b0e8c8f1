import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { EngineSettings } from './settings'

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`

/**
 * A DuckDB instance: in memory, UTC, bounded, and confined to the folders of the offline store. Its
 * configuration is locked last, so that no statement can widen it.
 */
async function openDatabase(
  settings: EngineSettings,
  name: string,
  memoryBytes: number,
): Promise<DuckDBInstance> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(settings.threads),
    memory_limit: `${Math.floor(memoryBytes / 1024 ** 2)}MiB`,
    // Two instances would write spill files of the same names.
    temp_directory: join(settings.scratch, name),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    // What two expressions share would be computed outside their TRY, and one row's overflow fail the whole query.
    disabled_optimizers: 'common_subexpressions',
  })
  const connection = await instance.connect()
  const folders = [settings.offline, settings.staging, settings.scratch, ...settings.readable]
  for (const statement of [
    `SET GLOBAL TimeZone = 'UTC'`,
    `SET GLOBAL allowed_directories = [${folders.map((folder) => quoted(`${folder}/`)).join(', ')}]`,
    'SET GLOBAL enable_external_access = false',
    'SET GLOBAL lock_configuration = true',
  ]) {
    await connection.run(statement)
  }
  connection.closeSync()
  return instance
}

/** The databases of one engine: that of reads and writes, and that of what is counted in the background. */
export interface Databases {
  main: DuckDBInstance
  /** Opened when it is first asked for. */
  counting: () => Promise<DuckDBInstance>
}

export async function openDatabases(settings: EngineSettings): Promise<Databases> {
  let counting: Promise<DuckDBInstance> | undefined
  return {
    main: await openDatabase(settings, 'spill', settings.memoryBytes),
    counting: () => {
      counting ??= openDatabase(settings, 'spill-counting', settings.countingBytes)
      return counting
    },
  }
}
