import { type FormRules, type Said, saidBody, saidOf } from '@/components/rules/said'
import { durationAsTyped } from '@/lib/core/duration'
import type { GroupResource } from '@/lib/registry/operations'
import { changedMembers } from './changed-members'
import type { Values } from './merge'

const customPrefix = 'custom.'

/** What is said of a group, by field; the organisation's own fields stand below `custom.`. */
export function valuesOfGroup(group: GroupResource): Record<string, string> {
  const said = saidOf(group)
  return {
    description: group.description,
    owner_team: group.owner_team,
    classification: group.classification,
    tags: group.tags.join(' '),
    cadence: group.cadence ?? '',
    note: group.note ?? '',
    domain: said.domain,
    purposes: said.purposes,
    lawful_basis: said.lawfulBasis,
    permitted_use: said.permittedUse.join(' '),
    permitted_use_note: said.permittedUseNote,
    ...Object.fromEntries(Object.entries(said.custom).map(([name, value]) => [customPrefix + name, value])),
  }
}

const usesOf = (text = ''): Said['permittedUse'] =>
  (['aggregate_only', 'no_reidentification'] as const).filter((use) => text.split(' ').includes(use))

export const saidOfValues = (values: Values): Said => ({
  domain: values.domain ?? '',
  purposes: values.purposes ?? '',
  lawfulBasis: values.lawful_basis ?? '',
  permittedUse: usesOf(values.permitted_use),
  permittedUseNote: values.permitted_use_note ?? '',
  custom: Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      name.startsWith(customPrefix) ? [[name.slice(customPrefix.length), value]] : [],
    ),
  ),
})

export const valuesOfSaid = ({ custom, ...said }: Said): Record<string, string> => ({
  domain: said.domain,
  purposes: said.purposes,
  lawful_basis: said.lawfulBasis,
  permitted_use: said.permittedUse.join(' '),
  permitted_use_note: said.permittedUseNote,
  ...Object.fromEntries(Object.entries(custom).map(([name, value]) => [customPrefix + name, value])),
})

/** The body of the PATCH: the members in which something differs from what was read. */
export function groupBody(values: Values, base: Values, rules: FormRules): Record<string, unknown> {
  const said = saidOfValues(values)
  const all: Record<string, unknown> = {
    description: (values.description ?? '').trim(),
    owner_team: values.owner_team,
    classification: values.classification,
    tags: (values.tags ?? '').split(/[\s,]+/).filter((tag) => tag !== ''),
    cadence: durationAsTyped(values.cadence ?? '') || null,
    note: values.note?.trim() || null,
    ...saidBody(said, rules.fields),
    permitted_use: said.permittedUse,
  }
  return changedMembers(all, values, base)
}
