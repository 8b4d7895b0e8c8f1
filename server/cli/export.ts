import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { ExportResource } from '@/lib/definitions/operations'
import { readArguments } from './arguments'
import type { Command } from './command'
import { call, portalOf } from './definitions/portal'
import { calledFrom } from './definitions/read-folder'

const usage =
  '[folder] [--team t] [--kind k] [--name n] · the registry as files; without a folder to standard output'

export const command: Command = {
  usage,
  run: async (args) => {
    const { values, positionals } = readArguments(args, {
      team: { type: 'string' },
      kind: { type: 'string' },
      name: { type: 'string', multiple: true },
      url: { type: 'string' },
      key: { type: 'string' },
    })
    const query = new URLSearchParams()
    if (values.team !== undefined) query.set('team', values.team)
    if (values.kind !== undefined) query.set('kind', values.kind)
    for (const name of values.name ?? []) query.append('name', name)
    const { files, left_out } = await call<ExportResource>(portalOf(values), `/definitions/export?${query}`)
    for (const { kind, name, reason } of left_out)
      process.stderr.write(`left out: ${kind} ${name}: ${reason}\n`)
    const [folder] = positionals
    if (folder === undefined) {
      process.stdout.write(files.map(({ content }) => content).join('---\n'))
      return 0
    }
    for (const { path, content } of files) {
      const target = join(resolve(calledFrom(), folder), path)
      await mkdir(dirname(target), { recursive: true })
      await writeFile(target, content)
    }
    process.stderr.write(`${files.length} files are written to ${folder}\n`)
    return 0
  },
}
