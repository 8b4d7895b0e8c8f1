import { notFound } from '@/lib/core/errors'
import { parseGroupReference, type VersionReference } from '@/lib/registry'

/** Feast's `view@v2` and `view@latest` as our `group@2` and `group`; what stands behind is kept. */
export const ownReference = (text: string): string =>
  text.replace(/^([^@:]*)@(?:v(\d+)|latest)(?=:|$)/, (_, name: string, version?: string) =>
    version === undefined ? name : `${name}@${version}`,
  )

/** A feature view's name, with or without version. Errors: not_found for what can be no name. */
export function versionOfView(name: string): VersionReference {
  const parsed = parseGroupReference(ownReference(name))
  if (!parsed) throw notFound(`Feature group ${name}`, 'group')
  return { group: parsed.group, ...(parsed.version === null ? {} : { version: parsed.version }) }
}
