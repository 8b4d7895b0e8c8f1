export { countReads, type ReadSide, type ReadTarget } from './buffer'
export { flushUsage, startUsageFlush } from './flush'
export { type UsageFilter, usageByDay, usageByFeature } from './queries'
export { readsByWeek, type WeeklyReads } from './reads-by-week'
