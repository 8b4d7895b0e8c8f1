export { countReads, type ReadTarget } from './buffer'
export { flushUsage, startUsageFlush } from './flush'
export { usageByDay, usageByFeature } from './queries'
export { readsByWeek } from './reads-by-week'
