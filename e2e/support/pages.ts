import type { Person } from './people'

/** A page of the portal with something on it: the sample's assets, as the person who would open it. */
export interface PortalPage {
  name: string
  path: string
  /** Null: nobody is signed in. */
  as: Person | null
  /** What the page answers with, 200 when absent. */
  status?: number
  /** The page itself asks for what its reader is refused, and the browser reports that 403. */
  refusedCalls?: boolean
  /** The page is where this link on `path` leads: its address holds an id. */
  link?: string
  /** Parts that are built like the ones before them: axe, which takes minutes for thousands of nodes, leaves them out. */
  alike?: string
}

export const portalPages: PortalPage[] = [
  { name: 'sign-in', path: '/sign-in', as: null },
  {
    name: 'API reference',
    path: '/docs/api',
    as: null,
    alike: 'main section[aria-label] ~ section[aria-label]',
  },
  { name: 'problem types', path: '/docs/errors', as: null },
  { name: 'problem type', path: '/docs/errors/invalid', as: null },
  { name: 'catalogue', path: '/catalog?limit=20', as: 'scientist' },
  { name: 'catalogue, misspelled', path: '/catalog?q=dleay&limit=20', as: 'scientist' },
  { name: 'catalogue, nothing found', path: '/catalog?q=zzzzqqqq', as: 'scientist' },
  {
    name: 'catalogue, with a panel',
    path: '/catalog?q=airport&limit=5&peek=group%2Fairport_delays',
    as: 'scientist',
  },
  { name: 'home', path: '/', as: 'owner' },
  { name: 'home of a viewer', path: '/', as: 'viewer' },
  { name: 'group', path: '/groups/airport_delays', as: 'scientist' },
  { name: 'features of a group', path: '/groups/airport_delays?tab=features', as: 'scientist' },
  { name: 'data of a group', path: '/groups/airport_delays?tab=data', as: 'scientist' },
  { name: 'one key of a group', path: '/groups/airport_delays?tab=data&key=ORD', as: 'scientist' },
  { name: 'one key, not found', path: '/groups/airport_delays?tab=data&key=XXX', as: 'scientist' },
  { name: 'quality of a group', path: '/groups/airport_delays?tab=quality', as: 'scientist' },
  { name: 'lineage of a group', path: '/groups/airport_delays?tab=lineage', as: 'scientist' },
  { name: 'versions of a group', path: '/groups/airport_delays?tab=versions', as: 'owner' },
  { name: 'contract of a group', path: '/groups/airport_delays?tab=contract', as: 'owner' },
  { name: 'contract form', path: '/groups/airport_delays/contract', as: 'owner' },
  { name: 'contract form, refused', path: '/groups/airport_delays/contract', as: 'viewer' },
  { name: 'contracts', path: '/governance/contracts', as: 'reviewer' },
  { name: 'usage of a group', path: '/groups/airport_delays?tab=usage', as: 'owner' },
  { name: 'activity of a group', path: '/groups/airport_delays?tab=activity', as: 'owner' },
  { name: 'data of a group, refused', path: '/groups/airport_delays?tab=data', as: 'viewer' },
  { name: 'feature', path: '/groups/airport_delays/features/mean_delay_7d', as: 'scientist' },
  { name: 'feature of words', path: '/groups/airport_profile/features/hub_class', as: 'scientist' },
  { name: 'deprecate', path: '/groups/airport_delays/deprecate', as: 'owner' },
  { name: 'deprecate, refused', path: '/groups/airport_delays/deprecate', as: 'viewer' },
  { name: 'archive, in use', path: '/groups/airport_delays/archive', as: 'owner' },
  { name: 'archive', path: '/groups/route_traffic/archive', as: 'owner' },
  { name: 'archive, refused', path: '/groups/airport_delays/archive', as: 'viewer' },
  { name: 'archive a service', path: '/services/delay_model_v1/archive', as: 'owner' },
  { name: 'unused features', path: '/operations/unused?days=30', as: 'reviewer' },
  { name: 'orphaned groups', path: '/operations/unused?list=no_rows', as: 'viewer' },
  { name: 'campaigns', path: '/operations/campaigns', as: 'reviewer' },
  { name: 'archive policy', path: '/operations/archive-policy', as: 'administrator' },
  { name: 'quarantine', path: '/groups/airport_delays/quarantine', as: 'owner' },
  { name: 'runs', path: '/groups/airport_delays/runs', as: 'owner' },
  {
    name: 'one run',
    path: '/groups/airport_delays/runs',
    link: 'main a[href*="/airport_delays/runs/"]',
    as: 'owner',
  },
  { name: 'review', path: '/groups/airport_delays/review', as: 'reviewer' },
  { name: 'sample', path: '/settings/sample', as: 'administrator' },
  { name: 'monitoring', path: '/monitoring', as: 'scientist' },
  { name: 'reviews', path: '/governance/reviews', as: 'reviewer' },
  { name: 'datasets', path: '/datasets', as: 'scientist' },
  { name: 'build a dataset', path: '/datasets/new', as: 'scientist' },
  { name: 'build a dataset, refused', path: '/datasets/new', as: 'viewer' },
  { name: 'dataset', path: '/datasets/flight_delays', as: 'scientist' },
  { name: 'statistics of a dataset', path: '/datasets/flight_delays?tab=statistics', as: 'scientist' },
  { name: 'statistics of a dataset, refused', path: '/datasets/flight_delays?tab=statistics', as: 'viewer' },
  { name: 'files of a dataset', path: '/datasets/flight_delays?tab=files', as: 'owner' },
  { name: 'lineage of a dataset', path: '/datasets/flight_delays?tab=lineage', as: 'scientist' },
  { name: 'versions of a dataset', path: '/datasets/flight_delays?tab=versions', as: 'scientist' },
  {
    name: 'comparison of versions of a dataset',
    path: '/datasets/flight_delays?tab=versions&compare=1-1',
    as: 'scientist',
  },
  {
    name: 'datasets in the catalogue, with a panel',
    path: '/catalog?kind=dataset&peek=dataset%2Fflight_delays',
    as: 'scientist',
  },
  { name: 'no such dataset', path: '/datasets/no_such_dataset', as: 'viewer', status: 404 },
  { name: 'inbox', path: '/inbox', as: 'owner' },
  { name: 'inbox, nothing done', path: '/inbox?state=done', as: 'viewer' },
  { name: 'notifications', path: '/settings/notifications', as: 'owner' },
  { name: 'keys', path: '/settings/keys', as: 'administrator' },
  { name: 'new key', path: '/settings/keys/new', as: 'owner' },
  { name: 'sessions', path: '/settings/sessions', as: 'viewer' },
  { name: 'people', path: '/settings/people', as: 'administrator' },
  { name: 'new person', path: '/settings/people/new', as: 'administrator' },
  { name: 'people, refused', path: '/settings/people', as: 'viewer' },
  { name: 'teams', path: '/settings/teams', as: 'administrator' },
  { name: 'announcements', path: '/settings/announcements', as: 'administrator' },
  { name: 'ownership', path: '/settings/ownership', as: 'administrator' },
  { name: 'hand over', path: '/settings/ownership/new?asset=group%3Aairport_delays', as: 'owner' },
  { name: 'hand over, refused', path: '/settings/ownership/new?asset=group%3Aairport_delays', as: 'viewer' },
  { name: 'new team', path: '/settings/teams/new', as: 'administrator' },
  { name: 'ingest', path: '/groups/airport_delays/ingest', as: 'owner' },
  { name: 'service', path: '/services/delay_model_v1', as: 'scientist' },
  {
    name: 'one key of a service',
    path: '/services/delay_model_v1?key=ORD&key=ORD&key=SFO',
    as: 'scientist',
  },
  {
    name: 'one key of a service, refused',
    path: '/services/delay_model_v1?key=A&key=B&key=C',
    as: 'viewer',
    refusedCalls: true,
  },
  { name: 'entity', path: '/entities/airport', as: 'scientist' },
  { name: 'source', path: '/sources/flights', as: 'scientist' },
  { name: 'register', path: '/register', as: 'owner' },
  { name: 'register, refused', path: '/register', as: 'viewer' },
  { name: 'jobs', path: '/operations/jobs', as: 'owner' },
  { name: 'audit', path: '/governance/audit?limit=20', as: 'reviewer' },
  { name: 'audit, refused', path: '/governance/audit', as: 'viewer' },
  { name: 'no such page', path: '/no-such-page', as: 'viewer', status: 404 },
  { name: 'no such group', path: '/groups/no_such_group', as: 'viewer', status: 404 },
]
