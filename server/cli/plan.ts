import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { DomainError } from '@/lib/core/errors'
import type { PlanResource } from '@/lib/definitions/operations'
import { readArguments } from './arguments'
import type { Command } from './command'
import { exitCodes } from './definitions/exit-codes'
import { junitReport } from './definitions/junit'
import { portalOf } from './definitions/portal'
import { calledFrom, readFolder } from './definitions/read-folder'
import { planText } from './definitions/render-plan'
import { carriedOut, outcomeOf } from './definitions/wait'

const usage =
  '<files or folders | --job id> [--format text|json|junit] [--out file] [--fail-on-breaking] · what applying them would do'

function codeOf({ summary }: PlanResource): number {
  if (summary.faults > 0) return exitCodes.failed
  if (summary.breaking > 0) return exitCodes.breaking
  const { create, update, revise, new_version, submit } = summary
  return create + update + revise + new_version + submit > 0 ? exitCodes.changes : exitCodes.done
}

function rendered(plan: PlanResource, format: string, failOnBreaking: boolean): string {
  if (format === 'json') return JSON.stringify(plan, null, 2)
  if (format === 'junit') return junitReport(plan, { failOnBreaking })
  if (format === 'text') return planText(plan)
  throw new DomainError('invalid', `--format is text, json or junit, not ${format}.`)
}

export const command: Command = {
  usage,
  run: async (args) => {
    const { values, positionals } = readArguments(args, {
      format: { type: 'string', default: 'text' },
      out: { type: 'string' },
      'fail-on-breaking': { type: 'boolean', default: false },
      job: { type: 'string' },
      url: { type: 'string' },
      key: { type: 'string' },
    })
    const portal = portalOf(values)
    const plan =
      values.job === undefined
        ? await carriedOut<PlanResource>(portal, 'plan', { files: await readFolder(positionals) })
        : await outcomeOf<PlanResource>(portal, 'plan', values.job)
    const text = `${rendered(plan, values.format, values['fail-on-breaking'])}\n`
    if (values.out === undefined) process.stdout.write(text)
    else await writeFile(resolve(calledFrom(), values.out), text)
    return codeOf(plan)
  },
}
