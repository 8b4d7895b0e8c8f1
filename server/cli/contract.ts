import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { OdcsImportResource } from '@/lib/contracts/operations'
import { DomainError } from '@/lib/core/errors'
import { readArguments } from './arguments'
import type { Command } from './command'
import { call, portalOf } from './definitions/portal'
import { calledFrom } from './definitions/read-folder'

const usage =
  'import <group> <file> [--mode merge|create|replace] [--apply] [--version n] [--reason text] [--format text|json] · what a document of the Open Data Contract Standard changes, or proposes it'

const nothing = 'nothing'

const changeLines = ({ changes }: Pick<OdcsImportResource, 'changes'>): string[] =>
  changes.map(({ term, old, new: now }) => `  ${term}: ${old ?? nothing} → ${now ?? nothing}`)

/** What it comes to, the way that was chosen first, and what is not taken. */
export function importText(read: OdcsImportResource): string {
  const others = read.modes.filter(({ mode }) => mode !== read.mode)
  const chosen = read.modes.find(({ mode }) => mode === read.mode)
  const count = (changes: readonly unknown[]) =>
    `${changes.length} ${changes.length === 1 ? 'change' : 'changes'}`
  return [
    `${read.mode}: ${chosen?.refused ?? count(read.changes)}`,
    ...changeLines(read),
    ...others.map(({ mode, changes, refused }) => `${mode}: ${refused ?? count(changes)}`),
    ...read.features.map(
      ({ feature, term, now, document }) =>
        `a new version of the group takes in ${feature} ${term}: ${now ?? nothing} → ${document ?? nothing}`,
    ),
    ...read.not_enforced.map(
      ({ path, line, reason }) => `not enforced, ${line === null ? '' : `line ${line}, `}${path}: ${reason}`,
    ),
    ...(read.contract === null ? [] : [`Contract ${read.contract} is proposed.`]),
  ].join('\n')
}

export const command: Command = {
  usage,
  run: async (args) => {
    const { values, positionals } = readArguments(args, {
      mode: { type: 'string', default: 'merge' },
      apply: { type: 'boolean', default: false },
      version: { type: 'string' },
      reason: { type: 'string' },
      format: { type: 'string', default: 'text' },
      url: { type: 'string' },
      key: { type: 'string' },
    })
    const [act, group, file] = positionals
    if (act !== 'import' || group === undefined || file === undefined)
      throw new DomainError('not_parseable', `almanac contract ${usage}`)
    const document = await readFile(resolve(calledFrom(), file), 'utf8').catch(() => {
      throw new DomainError('not_found', `${file} was not found.`)
    })
    const read = await call<OdcsImportResource>(
      portalOf(values),
      `/feature-groups/${encodeURIComponent(group)}/contract/import`,
      {
        document,
        mode: values.mode,
        apply: values.apply,
        ...(values.version === undefined ? {} : { version: Number(values.version) }),
        ...(values.reason === undefined ? {} : { reason: values.reason }),
      },
    )
    const text = values.format === 'json' ? JSON.stringify(read, null, 2) : importText(read)
    process.stdout.write(`${text}\n`)
    return 0
  },
}
