import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { root } from './lib/paths.mjs'
import { fail, Refusal, say } from './lib/report.mjs'

/** The most lines that a file may have; the first rule that fits counts. */
const limits = [
  { fits: (path) => basename(path) === 'route.ts', lines: 45 },
  { fits: (path) => basename(path) === 'page.tsx', lines: 60 },
  { fits: () => true, lines: 500 },
]
const source = /^(?:app|components|server|lib|db|e2e|scripts|bench)\/.*\.(?:ts|tsx|mjs)$/

function main() {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
  })
  const files = listed.split('\0').filter((path) => source.test(path))
  const tooLong = files.flatMap((path) => {
    const length = readFileSync(join(root, path), 'utf8').split('\n').length - 1
    const limit = limits.find(({ fits }) => fits(path))
    return length > limit.lines ? [`${path}: ${length} lines, at most ${limit.lines}`] : []
  })
  if (tooLong.length > 0) throw new Refusal(tooLong.join('\n'))
  say(`${files.length} files, none too long`)
}

try {
  main()
} catch (error) {
  fail(error)
}
