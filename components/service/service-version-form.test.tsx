import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import {
  noFieldRules,
  noNamingRules,
  type ServiceImpactResource,
  type ServiceResource,
} from '@/lib/registry/operations'
import { EditServiceForm } from './edit-service-form'
import { ServiceVersionForm } from './service-version-form'

const router = {
  back: () => {},
  forward: () => {},
  refresh: () => {},
  push: () => {},
  replace: () => {},
  prefetch: () => {},
  bfcacheId: '',
}
const rendered = (form: ReactNode) =>
  renderToStaticMarkup(
    <AppRouterContext value={router}>
      <QueryClientProvider client={new QueryClient()}>{form}</QueryClientProvider>
    </AppRouterContext>,
  )

const service: ServiceResource = {
  id: 's1',
  name: 'delay_model',
  description: 'For the delay model.',
  purpose: 'planning',
  state: 'active',
  archival: null,
  owner_team: 'flights',
  tags: ['delay'],
  classification: 'internal',
  version: 2,
  features: ['delays@1:mean', 'routes@2:hops'],
  selection: [],
  full_feature_names: true,
  entities: [],
  versions: [],
  sample: false,
  created_at: '2026-01-01T00:00:00Z',
  created_by: 'Ada',
  updated_at: '2026-01-01T00:00:00Z',
  etag: '"4"',
}
const impact: ServiceImpactResource = {
  service: 'delay_model',
  version: 2,
  note: 'Only what you may know of.',
  datasets: [],
  consumers: [
    {
      kind: 'key',
      name: 'scorer',
      reads: 12,
      reads_7d: 12,
      reads_1d: 12,
      last_read: '2026-01-01T00:00:00Z',
      features: [],
      owner: 'Ada',
      owner_teams: ['flights'],
    },
  ],
  owner_teams: [],
}

it('the next version begins with the selection as it stands, and names who reads it', () => {
  const html = rendered(<ServiceVersionForm service={service} impact={impact} environment="prod" />)
  expect(html.indexOf('delays@1:mean')).toBeGreaterThan(0)
  expect(html.indexOf('routes@2:hops')).toBeGreaterThan(html.indexOf('delays@1:mean'))
  for (const text of ['Nothing differs yet', 'From version 2.', 'scorer', '12 reads'])
    expect(html).toContain(text)
  expect(html).toMatch(/<button[^>]*disabled[^>]*>Save as a new version/)
})

it('says why an archived service gets no version', () => {
  const archived = { ...service, state: 'archived' as const }
  const html = rendered(<ServiceVersionForm service={archived} impact={impact} environment="prod" />)
  expect(html).toContain('It is archived: restore it first.')
})

it('what is said of a service stands in its fields, its team among those that may own it', () => {
  const rules = { naming: noNamingRules, fields: noFieldRules, domains: [], makesDomains: true }
  const html = rendered(<EditServiceForm read={service} teams={['growth']} rules={rules} />)
  for (const text of ['For the delay model.', 'value="planning"', 'value="delay"', '>growth<', '>flights<'])
    expect(html).toContain(text)
  expect(html).toContain('Nothing differs yet.')
})
