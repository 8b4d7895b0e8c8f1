import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { env } from '@/lib/core/env'

/** Everything of one dataset: a folder a version. */
const datasetFolder = (name: string): string => join(env().home, 'datasets', name)

/** The spine that was sent along, and the folder of the files. */
export const versionFolder = (name: string, version: number): string =>
  join(datasetFolder(name), `v${version}`)

/** What can be read. It appears whole, by one rename, or not at all. */
export const filesFolder = (name: string, version: number): string =>
  join(versionFolder(name, version), 'files')

/** Files in the making; nobody reads them, and the next attempt starts by removing them. */
export const workFolder = (name: string, version: number): string =>
  join(versionFolder(name, version), 'part')

export async function emptyFolder(path: string): Promise<string> {
  await rm(path, { recursive: true, force: true })
  await mkdir(path, { recursive: true })
  return path
}

/** Files that were sent ahead, until a dataset takes one or they expire. */
export const uploadsFolder = (): string => join(env().home, 'staging', 'spines')
