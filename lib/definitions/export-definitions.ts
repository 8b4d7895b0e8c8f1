import type { z } from 'zod'
import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { yamlText } from '@/lib/core/yaml-text'
import {
  getDomain,
  getEntity,
  getFeatureGroup,
  getFeatureService,
  getSource,
  listDomains,
  listEntities,
  listFeatureGroups,
  listFeatureServices,
  listSources,
} from '@/lib/registry'
import { listFeatureServicesQuery, listQuery, type Page } from '@/lib/registry/operations'
import {
  documentOfDomain,
  documentOfEntity,
  documentOfGroup,
  documentOfService,
  documentOfSource,
} from './documents'
import { type DefinitionKind, definitionKinds, folderOf, schemaOf } from './kinds'
import type { exportQuery } from './operations'
import type { ExportResource } from './resources'
import { type Spelled, shortened } from './spelling'

type Query = z.output<typeof exportQuery>
type LeftOut = ExportResource['left_out'][number]

const pageSize = 200

/** Every asset of a kind that the caller may see, by name. */
async function namesIn(
  list: (query: z.input<typeof listQuery>) => Promise<Page<{ name: string; owner_team: string }>>,
  { team, name }: Query,
): Promise<string[]> {
  const wanted = name === undefined ? null : new Set([name].flat())
  const found: string[] = []
  let cursor: string | undefined
  do {
    const { data, meta } = await list({ limit: pageSize, ...(cursor ? { cursor } : {}) })
    found.push(
      ...data
        .filter((one) => (team === undefined || one.owner_team === team) && (wanted?.has(one.name) ?? true))
        .map((one) => one.name),
    )
    cursor = meta.next_cursor ?? undefined
  } while (cursor !== undefined)
  return found
}

interface Source {
  names: (ctx: Context, query: Query) => Promise<string[]>
  /** The document, or why there is none. */
  read: (ctx: Context, name: string) => Promise<Spelled | string>
}

async function groupDocument(ctx: Context, name: string): Promise<Spelled | string> {
  const group = await getFeatureGroup(ctx, name)
  if (group.state === 'archived') return 'It is archived.'
  return documentOfGroup(group)
}

async function serviceDocument(ctx: Context, name: string): Promise<Spelled | string> {
  const service = await getFeatureService(ctx, name)
  if (service.state === 'archived') return 'It is archived.'
  return documentOfService(service)
}

const sourceOf: Record<DefinitionKind, Source> = {
  domain: {
    names: (ctx, query) => namesIn((page) => listDomains(ctx, listQuery.parse(page)), query),
    read: async (ctx, name) => documentOfDomain(await getDomain(ctx, name)),
  },
  entity: {
    names: (ctx, query) => namesIn((page) => listEntities(ctx, listQuery.parse(page)), query),
    read: async (ctx, name) => documentOfEntity(await getEntity(ctx, name)),
  },
  source: {
    names: (ctx, query) => namesIn((page) => listSources(ctx, listQuery.parse(page)), query),
    read: async (ctx, name) => documentOfSource(await getSource(ctx, name)),
  },
  feature_group: {
    names: (ctx, query) => namesIn((page) => listFeatureGroups(ctx, listQuery.parse(page)), query),
    read: groupDocument,
  },
  feature_service: {
    names: (ctx, query) =>
      namesIn((page) => listFeatureServices(ctx, listFeatureServicesQuery.parse(page)), query),
    read: serviceDocument,
  },
}

/** In the order in which the schema names them; what it does not name comes last. */
function ordered(kind: DefinitionKind, document: Spelled): Spelled {
  const places = new Map(Object.keys(schemaOf[kind].shape).map((name, at) => [name, at]))
  const place = (name: string) => places.get(name) ?? places.size
  return Object.fromEntries(Object.entries(document).sort(([a], [b]) => place(a) - place(b)))
}

function yamlOf(kind: DefinitionKind, document: Spelled): string {
  const { kind: sourceKind, ...rest } = ordered(kind, shortened(kind, document))
  const members = sourceKind === undefined ? rest : { source_kind: sourceKind, ...rest }
  // SQL keeps its lines.
  return yamlText({ kind, ...members }, { lineWidth: 100, blockQuote: 'literal' })
}

/** The registry as files, an asset each, of what the caller may see: planning them changes nothing. */
export async function exportDefinitions(ctx: Context, query: Query): Promise<ExportResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const files: ExportResource['files'] = []
  const leftOut: LeftOut[] = []
  for (const kind of query.kind === undefined ? definitionKinds : [query.kind]) {
    const { names, read } = sourceOf[kind]
    for (const name of await names(ctx, query)) {
      const document = await read(ctx, name)
      if (typeof document === 'string') leftOut.push({ kind, name, reason: document })
      else files.push({ path: `${folderOf[kind]}/${name}.yaml`, content: yamlOf(kind, document) })
    }
  }
  return { files, left_out: leftOut }
}
