import { withParams } from '@/components/ui/route'

/** Which version of a group, in which environment, the page's address names; null: the one that is served, prod. */
export interface GroupPlace {
  name: string
  version: number | null
  environment: string | null
}

export const groupTabs = [
  'overview',
  'features',
  'data',
  'quality',
  'lineage',
  'versions',
  'contract',
  'usage',
  'access',
  'activity',
] as const
export type GroupTab = (typeof groupTabs)[number]

export const tabLabels: Record<GroupTab, string> = {
  overview: 'Overview',
  features: 'Features',
  data: 'Data',
  quality: 'Quality & drift',
  lineage: 'Lineage',
  versions: 'Versions',
  contract: 'Contract',
  usage: 'Usage',
  access: 'Access',
  activity: 'Activity',
}

type Parameters = Record<string, string | number | null>

const ofPlace = ({ version, environment }: GroupPlace): Parameters => ({ version, environment })

/** The page of a group, at one of its tabs; keeps the version and environment of the address. */
export const groupHref = (place: GroupPlace, tab: GroupTab = 'overview', more: Parameters = {}): string =>
  withParams(`/groups/${encodeURIComponent(place.name)}`, '', {
    tab: tab === 'overview' ? null : tab,
    ...ofPlace(place),
    ...more,
  })

export const featureHref = (place: GroupPlace, feature: string, more: Parameters = {}): string =>
  withParams(`/groups/${encodeURIComponent(place.name)}/features/${encodeURIComponent(feature)}`, '', {
    ...ofPlace(place),
    ...more,
  })

type GroupForm = 'ingest' | 'deprecate' | 'archive' | 'review' | 'quarantine' | 'runs' | 'contract'

/** A page about the group on which something is done with it. */
export const formHref = (place: GroupPlace, form: GroupForm): string =>
  withParams(`/groups/${encodeURIComponent(place.name)}/${form}`, '', ofPlace(place))
