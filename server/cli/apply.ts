import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { DomainError } from '@/lib/core/errors'
import type { AppliedResource } from '@/lib/definitions/operations'
import { readArguments } from './arguments'
import type { Command } from './command'
import { exitCodes } from './definitions/exit-codes'
import { call, portalOf } from './definitions/portal'
import { calledFrom, readFolder } from './definitions/read-folder'
import { planText } from './definitions/render-plan'

const usage =
  '<files or folders> [--plan plan.json] [--reason text] [--format text|json] · brings the registry to what they say, all or nothing'

/** The fingerprint in a file that `plan --format json` wrote. */
async function plannedIn(path: string): Promise<string> {
  const text = await readFile(resolve(calledFrom(), path), 'utf8').catch(() => {
    throw new DomainError('not_found', `${path} was not found.`)
  })
  try {
    const plan: unknown = JSON.parse(text)
    if (typeof plan === 'object' && plan !== null && 'plan' in plan && typeof plan.plan === 'string')
      return plan.plan
  } catch {
    // Told below, as any other file that holds no plan.
  }
  throw new DomainError('invalid', `${path} holds no plan: write one with plan --format json --out ${path}.`)
}

export const command: Command = {
  usage,
  run: async (args) => {
    const { values, positionals } = readArguments(args, {
      plan: { type: 'string' },
      reason: { type: 'string' },
      format: { type: 'string', default: 'text' },
      url: { type: 'string' },
      key: { type: 'string' },
    })
    const files = await readFolder(positionals)
    const plan = values.plan === undefined ? {} : { plan: await plannedIn(values.plan) }
    const reason = values.reason === undefined ? {} : { reason: values.reason }
    const applied = await call<AppliedResource>(portalOf(values), '/definitions/apply', {
      files,
      ...plan,
      ...reason,
    })
    const review =
      applied.change_set === null
        ? ''
        : `\nOne review decides what waits: /governance/change-sets/${applied.change_set}`
    process.stdout.write(
      values.format === 'json' ? `${JSON.stringify(applied, null, 2)}\n` : `${planText(applied)}${review}\n`,
    )
    return applied.summary.waits > 0 ? exitCodes.waits : exitCodes.done
  },
}
