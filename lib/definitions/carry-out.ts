import type { Context } from '@/lib/core/context'
import {
  getDomain,
  getEntity,
  getSource,
  registerDomain,
  registerEntity,
  registerSource,
  updateDomain,
  updateEntity,
  updateSource,
} from '@/lib/registry'
import { updateDomainInput, updateEntityInput, updateSourceInput } from '@/lib/registry/operations'
import { carryOutGroup } from './carry-out-group'
import { carryOutService } from './carry-out-service'
import { found, namesOf, patchOf, requireFixed, unchanged } from './change'
import { documentOfDomain, documentOfEntity, documentOfSource } from './documents'
import type { DefinitionKind } from './kinds'
import type { Definition } from './read-files'
import type { Outcome } from './resources'
import { spell } from './spelling'

async function carryOutDomain(ctx: Context, { name, body }: Definition): Promise<Outcome> {
  const current = await found(() => getDomain(ctx, name))
  if (!current) {
    await registerDomain(ctx, body)
    return { ...unchanged, act: 'create' }
  }
  const [from, to] = [documentOfDomain(current), spell('domain', body)]
  const { patch, changes } = patchOf(from, to, namesOf(updateDomainInput))
  if (changes.length === 0) return unchanged
  await updateDomain(ctx, name, patch, current.etag)
  return { ...unchanged, act: 'update', changes }
}

async function carryOutEntity(ctx: Context, { name, body }: Definition): Promise<Outcome> {
  const current = await found(() => getEntity(ctx, name))
  if (!current) {
    await registerEntity(ctx, body)
    return { ...unchanged, act: 'create' }
  }
  const [from, to] = [documentOfEntity(current), spell('entity', body)]
  requireFixed(from, to, ['keys'], 'an entity')
  const { patch, changes } = patchOf(from, to, namesOf(updateEntityInput))
  if (changes.length === 0) return unchanged
  await updateEntity(ctx, name, patch, current.etag)
  return { ...unchanged, act: 'update', changes }
}

async function carryOutSource(ctx: Context, { name, body }: Definition): Promise<Outcome> {
  const current = await found(() => getSource(ctx, name))
  if (!current) {
    await registerSource(ctx, body)
    return { ...unchanged, act: 'create' }
  }
  const [from, to] = [documentOfSource(current), spell('source', body)]
  requireFixed(from, to, ['kind'], 'a data source')
  const { patch, changes } = patchOf(from, to, namesOf(updateSourceInput))
  if (changes.length === 0) return unchanged
  await updateSource(ctx, name, patch, current.etag)
  return { ...unchanged, act: 'update', changes }
}

const carryOutKind: Record<
  DefinitionKind,
  (ctx: Context, definition: Definition, reason?: string) => Promise<Outcome>
> = {
  domain: carryOutDomain,
  entity: carryOutEntity,
  source: carryOutSource,
  feature_group: carryOutGroup,
  feature_service: carryOutService,
}

/**
 * Brings one asset to what its document says: registered where it is not there, changed where it differs. Errors: as
 * the acts that it takes; `invalid` where the document asks for what no act gives.
 */
export const carryOut = (ctx: Context, definition: Definition, reason?: string): Promise<Outcome> =>
  carryOutKind[definition.kind](ctx, definition, reason)
