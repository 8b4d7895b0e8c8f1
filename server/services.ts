import { fileURLToPath } from 'node:url'
import { startSealer } from '@/lib/audit'
import { startCountingReaders } from '@/lib/catalog'
import { startLapses } from '@/lib/certification'
import { clockNow } from '@/lib/core/clock'
import { logger } from '@/lib/core/logger'
import { deleteOldDrafts } from '@/lib/drafts'
import { startExamples } from '@/lib/examples'
import { startDeadlines } from '@/lib/governance'
import { deleteExpiredAnswers } from '@/lib/idempotency'
import { startIdentity } from '@/lib/identity'
import { startCompaction, startOnlineOutbox, startScheduler, sweepStaging } from '@/lib/ingestion'
import { definitions, startRunner } from '@/lib/jobs'
import { startContractWatch, startServedProfiles, startWatching } from '@/lib/monitoring'
import { startEngine } from '@/lib/offline'
import { startRetirement } from '@/lib/retirement'
import { startUsageFlush, tidyUsage } from '@/lib/usage'

/** Work that runs beside the requests for as long as the portal runs. */
export interface Service {
  name: string
  /** Resolves when the service is ready; what it returns ends it and resolves when nothing of it is left. */
  start: () => Promise<() => Promise<void>>
}

/** The engine's bundle lies beside the portal's. */
const engineBundle = fileURLToPath(new URL('./engine.mjs', import.meta.url))
const hourMilliseconds = 3_600_000

/** What an earlier process left half-done goes before new rows come; then the online store follows history. */
async function startIngestion() {
  const files = await sweepStaging()
  if (files > 0) logger().info({ files }, 'removed what an earlier process left half-done')
  return startOnlineOutbox().stop
}

async function startHousekeeping() {
  const timer = setInterval(() => {
    deleteExpiredAnswers(clockNow()).catch((error: unknown) =>
      logger().warn({ err: error }, 'expired answers were not deleted; trying again in an hour'),
    )
    tidyUsage(clockNow()).catch((error: unknown) =>
      logger().warn({ err: error }, 'old usage was not merged; trying again in an hour'),
    )
    deleteOldDrafts(clockNow()).catch((error: unknown) =>
      logger().warn({ err: error }, 'old drafts were not deleted; trying again in an hour'),
    )
  }, hourMilliseconds)
  return async () => clearInterval(timer)
}

/** In the order in which they start; they stop in the opposite one. */
export const services: Service[] = [
  { name: 'offline engine', start: async () => (await startEngine({ bundle: engineBundle })).stop },
  { name: 'identity', start: startIdentity },
  { name: 'audit sealer', start: startSealer },
  { name: 'usage', start: async () => startUsageFlush().stop },
  { name: 'ingestion', start: startIngestion },
  { name: 'monitoring', start: startWatching },
  { name: 'profiles of what is served', start: async () => startServedProfiles().stop },
  { name: 'contracts', start: async () => startContractWatch().stop },
  { name: 'jobs', start: async () => startRunner(definitions).stop },
  { name: 'schedules', start: async () => (await startScheduler()).stop },
  { name: 'retirement', start: async () => startRetirement().stop },
  { name: 'compaction', start: async () => startCompaction().stop },
  { name: 'deadlines of reviews', start: async () => startDeadlines().stop },
  { name: 'lapsed certifications', start: async () => startLapses().stop },
  { name: 'readers of assets', start: async () => startCountingReaders().stop },
  { name: 'examples', start: async () => startExamples().stop },
  { name: 'housekeeping', start: startHousekeeping },
]
