/** A file of a history as a merge sees it: those of one commit stand together. */
export interface Mergeable {
  /** `single`: a file of one commit; `merged`: one that was merged before. */
  kind: 'single' | 'merged'
  /** Id of the commit, or of the merged file. */
  id: string
  path: string
  bytes: number
  /** `created` of the first and last commit whose rows it holds. */
  first: string
  last: string
}

/** A merged file grows to about this; larger ones stay as they are. */
export const smallBytes = 16 * 1024 * 1024
const mostBytes = 64 * 1024 * 1024
const mostFiles = 1000

const sum = (files: Mergeable[]) => files.reduce((total, { bytes }) => total + bytes, 0)

/** Files of one commit are merged together or not at all. */
function units(files: readonly Mergeable[]): Mergeable[][] {
  const all: Mergeable[][] = []
  for (const file of files) {
    const last = all.at(-1)
    if (last?.[0]?.kind === 'single' && file.kind === 'single' && last[0].id === file.id) last.push(file)
    else all.push([file])
  }
  return all
}

/**
 * Runs of at least `least` small neighbours, of files in commit order: neighbours alone keep the order of commits when
 * one file takes their place.
 */
export function planRuns(files: readonly Mergeable[], least: number): Mergeable[][] {
  const runs: Mergeable[][] = []
  let run: Mergeable[] = []
  const close = () => {
    if (run.length >= least) runs.push(run)
    run = []
  }
  for (const unit of units(files)) {
    const bytes = sum(unit)
    if (bytes >= smallBytes) {
      close()
      continue
    }
    if (sum(run) + bytes > mostBytes || run.length + unit.length > mostFiles) close()
    run.push(...unit)
  }
  close()
  return runs
}
