import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { withInstallation } from './installation.mjs'
import { program, run, runNode } from './process.mjs'
import { Refusal } from './report.mjs'

/** A result file that a runner writes; a runner that died before writing it leaves nothing. */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/**
 * A suite that ran no test, whose runner crashed, or whose exit code disagrees with its counts is a failure:
 * then at least one is counted as failed. `output` is shown when something failed.
 */
function judge(name, { code, output }, counts) {
  if (!counts) return { passed: 0, failed: 1, output: `${name} wrote no result.\n${output}` }
  const failed = code !== 0 && counts.failed === 0 ? 1 : counts.failed
  if (counts.passed + failed === 0) return { passed: 0, failed: 1, output: `${name} ran no test.\n${output}` }
  return { passed: counts.passed, failed, output }
}

async function withReport(work) {
  const folder = mkdtempSync(join(tmpdir(), 'almanac-report-'))
  try {
    return await work(join(folder, 'report.json'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Runs one project of vitest.config.ts: { passed, failed, output }. */
export const runVitest = (project) =>
  withReport(async (file) => {
    const args = [
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ]
    const ended = await runNode(program.vitest, args, { env: { NO_COLOR: '1' } })
    const report = readReport(file)
    // A file that cannot be loaded counts no test at all: it is one failure.
    const broken = report?.testResults.filter(
      (one) => one.status === 'failed' && one.assertionResults.length === 0,
    )
    const counts = report && {
      passed: report.numPassedTests,
      failed: report.numFailedTests + broken.length,
    }
    return judge(`vitest ${project}`, ended, counts)
  })

/** Runs the browser tests with the given browser: { passed, failed, output }. */
export const runPlaywright = (env) =>
  withReport(async (file) => {
    const ended = await runNode(program.playwright, ['test', '--reporter=list,json'], {
      env: { NO_COLOR: '1', PLAYWRIGHT_JSON_OUTPUT_NAME: file, ...env },
    })
    const stats = readReport(file)?.stats
    const counts = stats && { passed: stats.expected + stats.flaky, failed: stats.unexpected }
    return judge('playwright', ended, counts)
  })

/** What a user runs for a key, on the installation in `home`. */
async function newKey(home) {
  const args = ['key', 'create', '--name', 'clients', '--role', 'administrator']
  const { code, output, stdout } = await runNode(['scripts/almanac.mjs'], args, {
    env: { ALMANAC_HOME: home },
  })
  if (code !== 0) throw new Refusal(output)
  return stdout.trim()
}

/**
 * Runs the tests of the Python client and of the real clients against an installation of their own:
 * { passed, failed, output, skipped }.
 */
export const runClients = (python) =>
  withReport((file) =>
    withInstallation('clients', async ({ origin, home }) => {
      const key = await newKey(home)
      const ended = await run(python, ['e2e/clients/run.py', '--report', file], {
        env: { ALMANAC_HOME: home, ALMANAC_URL: origin, ALMANAC_API_KEY: key, ALMANAC_KEY: key },
      })
      const report = readReport(file)
      return { ...judge('the clients', ended, report), skipped: report?.skipped ?? [] }
    }),
  )

/**
 * The workloads in their short forms, one after the other, with the Python that has the peers: { passed, failed, output,
 * told }. Their figures are told and judge nothing; a wrong answer fails them.
 */
export const runBenches = (python) =>
  withReport(async (file) => {
    const ended = []
    for (const name of ['online', 'joins', 'ingest']) {
      const args = ['--quick', '--json', file]
      ended.push(await runNode([`bench/${name}.mjs`], args, { env: { ALMANAC_BENCH_PYTHON: python } }))
    }
    const failed = ended.filter(({ code }) => code !== 0)
    return {
      passed: ended.length - failed.length,
      failed: failed.length,
      output: failed.map(({ output }) => output).join('\n'),
      told: ended.map(({ stdout }) => stdout.trim()).join('\n\n'),
    }
  })

/** For a step: the suite's counts, or a refusal with all that it said. */
export function tellCounts({ passed, failed, output }) {
  if (failed > 0) throw new Refusal(output.trim())
  return `${passed} tests`
}
