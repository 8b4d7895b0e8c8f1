import { DeprecatedParts } from '@/components/deprecate/deprecated-parts'
import { DomainError } from '@/lib/core/errors'
import { load } from '@/lib/http/page-context'
import { getVersion, parseFeatureReference } from '@/lib/registry'

interface Part {
  group: string
  version: number
}

/** The versions that columns come from: their sources are `group@1:feature` or `alias=group@1:feature`. */
export const partsOfColumns = (columns: readonly { source: string | null }[]): Part[] =>
  columns.flatMap(({ source }) => {
    const reference = parseFeatureReference(source?.split('=').at(-1) ?? '')
    return reference?.version ? [{ group: reference.group, version: reference.version }] : []
  })

/** What a service or dataset is made of and is on its way out, as far as the reader may know. */
export async function PartsOnTheirWayOut({ what, parts }: { what: string; parts: readonly Part[] }) {
  const distinct = [...new Map(parts.map((part) => [`${part.group}@${part.version}`, part])).values()]
  const loaded = await load((ctx) =>
    Promise.all(
      distinct.map(async ({ group, version }) => {
        try {
          const { deprecation, archival } = await getVersion(ctx, group, version)
          return deprecation && !archival ? [{ name: `${group}@${version}`, ...deprecation }] : []
        } catch (error) {
          if (error instanceof DomainError && error.code === 'not_found') return []
          throw error
        }
      }),
    ),
  )
  return loaded.state === 'ready' ? <DeprecatedParts what={what} parts={loaded.value.flat()} /> : null
}
