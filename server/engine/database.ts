import { DuckDBInstance } from '@duckdb/node-api'
import type { EngineSettings } from './settings'

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`

/**
 * The one DuckDB instance: in memory, UTC, bounded, and confined to the folders of the offline store. Its
 * configuration is locked last, so that no statement can widen it.
 */
export async function openDatabase(settings: EngineSettings): Promise<DuckDBInstance> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(settings.threads),
    memory_limit: `${Math.floor(settings.memoryBytes / 1024 ** 2)}MiB`,
    temp_directory: settings.scratch,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
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
