import type { ReadTarget } from './buffer'

export const servicePrefix = 'service/'

/** How reads of a service are counted among those of groups; no group can have this name. */
export const usageNameOfService = (service: string): string => `${servicePrefix}${service}`

/** A whole service as it is read. */
export const serviceTarget = (
  { name, version }: { name: string; version: number },
  environment: string,
): ReadTarget => ({ groupName: usageNameOfService(name), version, feature: '', environment })
