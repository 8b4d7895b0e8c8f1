import { DomainError } from '@/lib/core/errors'
import type { Certificate, DatasetVersion, VersionState } from './types'

const why: Record<VersionState, string> = {
  building: 'is still being built',
  failed: 'was never built: its job failed',
  cancelled: 'was never built: its job was cancelled',
  ready: 'is ready',
  deleted: 'has no files: they were deleted, and can be made again',
}

const stands = ({ name, version, state }: DatasetVersion) =>
  new DomainError('conflict', `Training dataset ${name}@${version} ${why[state]}.`, {
    extensions: { state },
  })

/** A version whose files can be read. Errors: conflict saying what it is instead. */
export function readable(version: DatasetVersion): DatasetVersion {
  if (version.state === 'ready') return version
  throw stands(version)
}

/** A version that was built once, whether or not its files are there. Errors: conflict. */
export function certified(
  version: DatasetVersion,
): DatasetVersion & { certificate: Certificate; contentHash: string } {
  const { certificate, contentHash } = version
  if (certificate && contentHash) return { ...version, certificate, contentHash }
  throw stands(version)
}
