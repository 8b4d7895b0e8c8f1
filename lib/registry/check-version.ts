import type { Executor } from '@/db/client'
import { loadServingVersion } from './load-version'
import type { ServingVersion, VersionReference } from './types'

/** A higher room's look at a version before it is kept or submitted; it throws what is wrong with it. */
export type VersionCheck = (version: ServingVersion) => Promise<void>

/** Shows a version as the transaction has it to `check`, in the first environment that it is in. */
export async function checkVersion(
  executor: Executor,
  check: VersionCheck | undefined,
  reference: Required<VersionReference>,
  environments: readonly string[],
): Promise<void> {
  const [environment] = environments
  if (!check || environment === undefined) return
  const version = await loadServingVersion(reference, environment, executor)
  if (version) await check(version)
}
