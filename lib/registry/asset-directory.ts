import { setAssetDirectory } from '@/lib/authz'
import { namePattern } from '@/lib/core/names'
import { entityFacts, findEntity } from './entity-queries'
import { findGroup, groupFacts } from './queries'
import { loadServiceFacts } from './service-facts'
import { findSource, sourceFacts } from './source-queries'

/** Refusals before anything is read name the team of what the address names. */
setAssetDirectory(async ({ kind, name }) => {
  if (!namePattern.test(name)) return null
  if (kind === 'service') return loadServiceFacts(name)
  if (kind === 'group') {
    const group = await findGroup(name)
    return group && groupFacts(group)
  }
  if (kind === 'entity') {
    const entity = await findEntity(name)
    return entity && entityFacts(entity)
  }
  const source = await findSource(name)
  return source && sourceFacts(source)
})
