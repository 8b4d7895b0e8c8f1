import { type Executor, through } from '@/db/client'
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
  // The caller's transaction holds a connection: to wait for another one of the same pool could be for ever.
  if (version) await through(executor, () => check(version))
}
