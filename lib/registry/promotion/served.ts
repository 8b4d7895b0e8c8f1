import type { VersionRow } from '../definition'
import type { VersionEnvironmentRow } from '../queries'

interface Standing {
  versions: VersionRow[]
  places: VersionEnvironmentRow[]
}

/** What the environment serves now, and its place there. */
export function servedIn({ versions, places }: Standing, environment: string) {
  const place = places.find((one) => one.environment === environment && one.state === 'promoted')
  const version = versions.find(({ id }) => id === place?.versionId)
  return place && version ? { place, version } : null
}
