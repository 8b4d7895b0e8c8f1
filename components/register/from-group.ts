import { contractCells } from '@/components/forms/contract-cells'
import { permittedCell } from '@/components/forms/feature-grid'
import { type GridColumn, newRow } from '@/components/forms/grid-model'
import { saidOf } from '@/components/rules/said'
import { stringifyJson } from '@/lib/core/json'
import type { FeatureResource, GroupResource } from '@/lib/registry/operations'
import { type Definition, emptyDefinition } from './definition'

/** What a feature has beyond the grid's columns, as the text that a row keeps. */
export const beyondGrid = ({ contract, expression, role, horizon }: FeatureResource): string => {
  const unshown = contractCells(contract).rest
  const rest = {
    ...(Object.keys(unshown).length > 0 ? { contract: unshown } : {}),
    ...(expression ? { expression } : {}),
    ...(role === 'label' ? { role } : {}),
    ...(horizon ? { horizon } : {}),
  }
  return Object.keys(rest).length > 0 ? stringifyJson(rest) : ''
}

/** A form to begin with that is like a group: everything but its name, its rows and what computes them. */
export function fromGroup(
  group: GroupResource,
  columns: readonly GridColumn[],
  teams: readonly string[],
): Definition {
  return {
    ...emptyDefinition(teams.includes(group.owner_team) ? group.owner_team : (teams[0] ?? '')),
    description: group.description,
    entity: group.entity ?? '',
    keys: group.keys.map(({ name, type }) => ({ name, type, source: '' })),
    timestampKey: group.timestamp_key,
    classification: group.classification,
    tags: group.tags.join(' '),
    ttl: group.ttl ?? '',
    cadence: group.cadence ?? '',
    said: saidOf(group),
    features: group.features.map((feature) =>
      newRow(columns, {
        name: feature.name,
        type: feature.type,
        description: feature.description,
        classification: feature.classification ?? group.classification,
        tags: feature.tags.join(' '),
        permitted_use: permittedCell(feature.permitted_use),
        ...contractCells(feature.contract).cells,
        rest: beyondGrid(feature),
      }),
    ),
  }
}
