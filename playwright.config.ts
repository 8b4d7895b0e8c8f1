import { join, resolve } from 'node:path'
import { defineConfig } from '@playwright/test'
import { findFreePort } from './scripts/lib/postgres-server.mjs'

const isRoot = process.getuid?.() === 0
const running = process.env.ALMANAC_E2E_URL

// The workers read this file again: what was chosen once is handed to them by the environment.
process.env.ALMANAC_E2E_PORT ??= String(await findFreePort(3100))
process.env.ALMANAC_E2E_HOME ??= running
  ? resolve(process.env.ALMANAC_HOME ?? '.almanac')
  : join(import.meta.dirname, '.almanac', 'e2e')
// The tests call `npm run almanac` for their links and keys: on the installation that they drive.
process.env.ALMANAC_HOME = process.env.ALMANAC_E2E_HOME
if (!running) {
  // The installation under test brings its own database.
  process.env.DATABASE_URL = ''
  process.env.DATABASE_OWNER_URL = ''
}

const launchArguments = [
  ...(isRoot ? ['--no-sandbox'] : []),
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--no-first-run',
]

/**
 * ALMANAC_E2E_URL drives an installation that runs already, with its ALMANAC_HOME (and its ALMANAC_SAMPLE_NOW);
 * without it one is started for the run.
 */
export default defineConfig({
  testDir: 'e2e',
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  timeout: 90_000,
  // A build machine of two cores runs the portal, its engine, its database and two browsers.
  expect: { timeout: 20_000 },
  outputDir: 'test-results',
  use: {
    baseURL: running ?? `http://localhost:${process.env.ALMANAC_E2E_PORT}`,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: { args: launchArguments, executablePath: process.env.ALMANAC_BROWSER || undefined },
  },
  projects: [
    { name: 'setup', testMatch: /setup\/.*\.setup\.ts$/, fullyParallel: true },
    { name: 'api', testMatch: /api\/.*\.spec\.ts$/, dependencies: ['setup'] },
    { name: 'ui', testMatch: /ui\/.*\.spec\.ts$/, dependencies: ['setup'] },
    { name: 'a11y', testMatch: /a11y\/.*\.spec\.ts$/, dependencies: ['setup'], fullyParallel: true },
  ],
  webServer: running
    ? undefined
    : {
        command: 'node scripts/start.mjs',
        url: `http://localhost:${process.env.ALMANAC_E2E_PORT}/health/live`,
        env: {
          PORT: process.env.ALMANAC_E2E_PORT,
          ALMANAC_HOME: process.env.ALMANAC_E2E_HOME,
          ALMANAC_SAMPLE: process.env.ALMANAC_SAMPLE ?? 'small',
        },
        timeout: 600_000,
        stdout: 'pipe',
        gracefulShutdown: { signal: 'SIGTERM', timeout: 30_000 },
      },
})
