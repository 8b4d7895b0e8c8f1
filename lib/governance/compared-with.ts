import type { VersionInGroup } from './queries'

/** The version that a new one follows: the newest before it that was ever approved, else the one before it. */
export function comparedWith(versions: readonly VersionInGroup[], major: number): number | null {
  const before = versions.filter(({ version }) => version.major < major)
  const approved = before.find(({ version }) => version.activatedAt !== null)
  return (approved ?? before[0])?.version.major ?? null
}
