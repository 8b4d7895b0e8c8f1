import { DomainError } from '@/lib/core/errors'
import type { Command } from './command'

/** Every command by its name, loaded when it is called. */
const commands: Record<string, () => Promise<{ command: Command }>> = {
  migrate: () => import('./migrate'),
}

async function help(): Promise<string> {
  const lines = await Promise.all(
    Object.entries(commands).map(async ([name, load]) => `  ${name} ${(await load()).command.usage}`),
  )
  return ['npm run almanac -- <command>', ...lines].join('\n')
}

async function main([name, ...args]: string[]): Promise<number> {
  const load = name ? commands[name] : undefined
  if (!load) {
    process.stderr.write(`${name ? `There is no command "${name}".\n` : ''}${await help()}\n`)
    return 2
  }
  return (await load()).command.run(args)
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    const known = error instanceof DomainError
    process.stderr.write(`${known ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
    process.exit(1)
  },
)
