import { closeDatabase } from '@/db/client'
import { DomainError } from '@/lib/core/errors'
import type { Command } from './command'

/** Every command by its name, loaded when it is called. */
const commands: Record<string, () => Promise<{ command: Command }>> = {
  apply: () => import('./apply'),
  audit: () => import('./audit'),
  contract: () => import('./contract'),
  export: () => import('./export'),
  'first-run': () => import('./first-run'),
  key: () => import('./key'),
  links: () => import('./links'),
  migrate: () => import('./migrate'),
  openapi: () => import('./openapi'),
  plan: () => import('./plan'),
  prepare: () => import('./prepare'),
  sample: () => import('./sample'),
  validate: () => import('./validate'),
}

async function help(): Promise<string> {
  const lines = await Promise.all(
    Object.entries(commands).map(async ([name, load]) => `  ${name} ${(await load()).command.usage}`),
  )
  // The last is the script's own: it must work when the database does not.
  return ['npm run almanac -- <command>', ...lines, '  database stop|status'].join('\n')
}

async function main([name, ...args]: string[]): Promise<number> {
  const load = name && Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!load) {
    process.stderr.write(`${name ? `There is no command "${name}".\n` : ''}${await help()}\n`)
    return 2
  }
  return (await load()).command.run(args)
}

/** A refusal in the operator's words; a defect with its stack. */
function explain(error: unknown): string {
  if (!(error instanceof DomainError))
    return error instanceof Error ? (error.stack ?? error.message) : String(error)
  const faults = error.details.errors ?? []
  return [error.message, ...faults.map(({ pointer, reason }) => `  ${pointer}: ${reason}`)].join('\n')
}

async function finish(code: number): Promise<never> {
  await closeDatabase()
  // A pipe takes what is written bit by bit: leaving before it is empty cuts the result.
  await new Promise((resolve) => process.stdout.write('', resolve))
  process.exit(code)
}

main(process.argv.slice(2)).then(finish, (error: unknown) => {
  process.stderr.write(`${explain(error)}\n`)
  return finish(error instanceof DomainError && error.code === 'not_parseable' ? 2 : 1)
})
