import type { ReadTarget } from './buffer'

/** How reads of a service are counted among those of groups; no group can have this name. */
export const usageNameOfService = (service: string): string => `service/${service}`

/** A whole service as it is read. */
export const serviceTarget = (
  { name, version }: { name: string; version: number },
  environment: string,
): ReadTarget => ({ groupName: usageNameOfService(name), version, feature: '', environment })
