import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { DomainError } from '@/lib/core/errors'

/** npm runs scripts in its own folder: paths are meant from where the command was called. */
export const calledFrom = () => process.env.INIT_CWD ?? process.cwd()

const isDefinition = (path: string) => /\.ya?ml$/.test(path)

async function filesAt(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => null)
  if (!found) throw new DomainError('not_found', `${path} was not found.`)
  if (!found.isDirectory()) return [path]
  const names = await readdir(path, { recursive: true })
  return names
    .filter(
      (name) =>
        isDefinition(name) &&
        !name.split(/[\\/]/).some((part) => part.startsWith('.') || part === 'node_modules'),
    )
    .map((name) => join(path, name))
}

/** The YAML files at the paths, folders included, each once, by name; paths are told as they were called. */
export async function readFolder(paths: readonly string[]): Promise<{ path: string; content: string }[]> {
  const base = calledFrom()
  const found = await Promise.all(
    (paths.length === 0 ? ['.'] : paths).map((path) => filesAt(resolve(base, path))),
  )
  const files = [...new Set(found.flat())].sort()
  if (files.length === 0)
    throw new DomainError('not_found', `There is no .yaml file at ${paths.join(', ') || base}.`)
  return Promise.all(
    files.map(async (path) => ({ path: relative(base, path), content: await readFile(path, 'utf8') })),
  )
}
