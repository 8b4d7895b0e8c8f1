import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { DomainError } from '@/lib/core/errors'
import type { AppliedResource } from '@/lib/definitions/operations'
import { readArguments } from './arguments'
import type { Command } from './command'
import { exitCodes } from './definitions/exit-codes'
import { type Portal, portalOf } from './definitions/portal'
import { calledFrom, readFolder } from './definitions/read-folder'
import { planText } from './definitions/render-plan'
import { carriedOut, outcomeOf } from './definitions/wait'

const usage =
  '<files or folders | --job id> [--plan plan.json] [--reason text] [--format text|json] · brings the registry to what they say, all or nothing'

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

async function applyFiles(
  portal: Portal,
  paths: readonly string[],
  asked: { plan?: string | undefined; reason?: string | undefined },
): Promise<AppliedResource> {
  return carriedOut<AppliedResource>(portal, 'apply', {
    files: await readFolder(paths),
    ...(asked.plan === undefined ? {} : { plan: await plannedIn(asked.plan) }),
    ...(asked.reason === undefined ? {} : { reason: asked.reason }),
  })
}

export const command: Command = {
  usage,
  run: async (args) => {
    const { values, positionals } = readArguments(args, {
      plan: { type: 'string' },
      reason: { type: 'string' },
      format: { type: 'string', default: 'text' },
      job: { type: 'string' },
      url: { type: 'string' },
      key: { type: 'string' },
    })
    const portal = portalOf(values)
    const applied =
      values.job === undefined
        ? await applyFiles(portal, positionals, values)
        : await outcomeOf<AppliedResource>(portal, 'apply', values.job)
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
