import { formatBytes, formatCount, plural } from '@/components/ui/format-number'
import type { State } from '@/components/ui/state'
import type { VerdictClause } from '@/components/ui/verdict-line'
import type { DatasetResource, DatasetVersionResource } from '@/lib/datasets/operations'

export type VersionState = DatasetVersionResource['state']

export const stateSigns: Record<VersionState, State> = {
  building: 'unknown',
  failed: 'fail',
  cancelled: 'warn',
  ready: 'ok',
  deleted: 'warn',
}

export const stateWords: Record<VersionState, string> = {
  building: 'being built',
  failed: 'build failed',
  cancelled: 'build cancelled',
  ready: 'ready',
  deleted: 'files deleted',
}

/** The address of a dataset, one of its versions, and a tab. */
export function datasetHref(name: string, version?: number, tab?: string): string {
  const search = new URLSearchParams()
  if (tab && tab !== 'overview') search.set('tab', tab)
  if (version !== undefined) search.set('version', String(version))
  const text = search.toString()
  return `/datasets/${encodeURIComponent(name)}${text ? `?${text}` : ''}`
}

export const bytesOf = ({ files }: Pick<DatasetVersionResource, 'files'>): number =>
  files.reduce((total, { bytes }) => total + bytes, 0)

function certificateClause({ certificate }: DatasetVersionResource, href: string): VerdictClause {
  if (!certificate)
    return { id: 'certificate', state: 'unknown', text: 'Not certified: it was never built', href }
  return certificate.holds
    ? { id: 'certificate', state: 'ok', text: 'Nothing in it is newer than its row', href }
    : { id: 'certificate', state: 'fail', text: 'It holds values that were not known yet', href }
}

function verifiedClause({ verification }: DatasetVersionResource, href: string): VerdictClause {
  if (!verification)
    return { id: 'verified', state: 'unknown', text: 'not verified since it was built', href }
  return verification.equal
    ? { id: 'verified', state: 'ok', text: 'verified equal', href }
    : {
        id: 'verified',
        state: 'fail',
        text: `differs: ${plural(verification.differences.length, 'finding')}`,
        href,
      }
}

const ownerClause = (team: string): VerdictClause => ({
  id: 'owner',
  state: 'fact',
  text: `owned by ${team}`,
  href: `/settings/teams?open=${encodeURIComponent(team)}`,
})

/** What stands under a dataset's title. */
export function datasetVerdict(
  { name, owner_team: owner }: DatasetResource,
  version: DatasetVersionResource,
): VerdictClause[] {
  const overview = datasetHref(name, version.version)
  const left = version.left_out?.rows ?? 0
  const state: VerdictClause = {
    id: 'state',
    state: stateSigns[version.state],
    text: `Version ${version.version} ${stateWords[version.state]}`,
    href: datasetHref(name, version.version, 'versions'),
  }
  const rows: VerdictClause[] =
    version.rows === null
      ? []
      : [
          {
            id: 'rows',
            state: 'fact',
            text: `${plural(version.rows, 'row')}${left > 0 ? `, ${formatCount(left)} left out` : ''}`,
            href: overview,
          },
        ]
  const files: VerdictClause[] =
    version.state === 'ready'
      ? [
          {
            id: 'files',
            state: 'fact',
            text: `${plural(version.files.length, 'file')}, ${formatBytes(bytesOf(version))}`,
            href: datasetHref(name, version.version, 'files'),
          },
        ]
      : []
  const proof = version.certificate
    ? [certificateClause(version, overview), verifiedClause(version, overview)]
    : []
  return [state, ...rows, ...proof, ...files, ownerClause(owner)]
}

const units: [seconds: number, name: string][] = [
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
]

/** "30 days"; "its own time" for none. */
export function horizonWords(seconds: number): string {
  if (seconds === 0) return 'known with its row'
  const [size, name] = units.find(([length]) => seconds % length === 0) ?? [1, 'second']
  return `looks ${plural(seconds / size, name)} ahead`
}
