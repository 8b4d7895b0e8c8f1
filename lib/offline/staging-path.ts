import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { env } from '@/lib/core/env'
import { newId } from '@/lib/core/ids'

export const stagingFolder = () => join(env().home, 'staging')

/** A new name for a file of this process; the sweep knows it by the process's id. */
export async function stagingPath(extension: string): Promise<string> {
  await mkdir(stagingFolder(), { recursive: true })
  return join(stagingFolder(), `ingest-${process.pid}-${newId()}.${extension}`)
}
