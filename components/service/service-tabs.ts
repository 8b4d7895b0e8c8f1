import { assetHref } from '@/components/catalog/asset-href'
import { withParams } from '@/components/ui/route'

export const serviceTabs = ['overview', 'versions', 'usage', 'activity'] as const
export type ServiceTab = (typeof serviceTabs)[number]

export const tabLabels: Record<ServiceTab, string> = {
  overview: 'Overview',
  versions: 'Versions',
  usage: 'Usage',
  activity: 'Activity',
}

/** The page of a service at one of its tabs, in the environment of the address. */
export const serviceHref = (name: string, tab: ServiceTab, environment: string): string =>
  withParams(assetHref('service', name), '', {
    tab: tab === 'overview' ? null : tab,
    environment: environment === 'prod' ? null : environment,
  })
