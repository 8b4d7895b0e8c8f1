import type { ListMemory } from '@/components/data-table/list-memory'
import { editableAssets, search } from '@/lib/catalog'
import { searchQuery } from '@/lib/catalog/operations'
import type { Context } from '@/lib/core/context'
import { parseInput } from '@/lib/core/parse-input'
import type { PageParams } from './list-params'
import { loadPeek } from './load-peek'
import { loadSigns } from './load-signs'

const understood = [
  'q',
  'kind',
  'team',
  'entity',
  'domain',
  'group',
  'type',
  'tag',
  'lifecycle',
  'classification',
  'certified',
  'sort',
  'limit',
  'cursor',
]

/** The hits of the address, what each one's row says of its life, and the asset in the panel. */
export async function loadCatalog(ctx: Context, params: PageParams, memory: ListMemory) {
  const asked = Object.fromEntries(understood.flatMap((name) => (params[name] ? [[name, params[name]]] : [])))
  const query = parseInput(searchQuery, { ...(memory.limit ? { limit: memory.limit } : {}), ...asked })
  const found = await search(ctx, query)
  const [signs, editable, peek] = await Promise.all([
    loadSigns(ctx, found.data),
    editableAssets(ctx, found.data),
    loadPeek(ctx, params.peek),
  ])
  return { found, signs, editable, peek, limit: query.limit }
}
