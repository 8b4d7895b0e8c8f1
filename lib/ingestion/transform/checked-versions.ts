import { authorize, authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import {
  addVersion,
  registerFeatureGroup,
  resolveVersion,
  restoreAsNew,
  type ServingVersion,
  submitVersion,
} from '@/lib/registry'
import type { TestedVersionResource } from '../test-operations'
import { checkDefinition, runKeptTests } from './check-definition'
import { transformationOf } from './compute-window'
import { resolveInputs } from './resolve-inputs'

/** A version that serves at once is tested at once; a draft when it is submitted. */
const checkKept = (ctx: Context) => (version: ServingVersion) =>
  checkDefinition(ctx, version, { tested: version.state === 'active' })

/** Registers a group whose transformation binds and, where nobody reviews it, passes its tests. Errors: as both. */
export const registerCheckedGroup = (ctx: Context, body: unknown) =>
  registerFeatureGroup(ctx, body, { check: checkKept(ctx) })

/** A new version whose transformation binds and, where nobody reviews it, passes its tests. Errors: as both. */
export const addCheckedVersion = (ctx: Context, group: string, body: unknown) =>
  addVersion(ctx, group, body, checkKept(ctx))

/** An earlier version brought back as a new one, held to the same. Errors: as both. */
export const restoreCheckedVersion = (ctx: Context, group: string, address: string, body: unknown) =>
  restoreAsNew(ctx, group, address, body, checkKept(ctx))

/** Holds a version that is edited on its way to being served to what its submission was held to. */
export const checkTested = (ctx: Context) => (version: ServingVersion) =>
  checkDefinition(ctx, version, { tested: version.state !== 'draft' })

/** Hands a draft to its reviewers once its transformation binds and passes its tests. Errors: as both. */
export const submitTestedVersion = (
  ctx: Context,
  group: string,
  major: number,
  body: unknown,
  changeSet?: string,
) =>
  submitVersion(
    ctx,
    group,
    major,
    body,
    (version) => checkDefinition(ctx, version, { tested: true }),
    changeSet,
  )

/** Runs the tests of a version as it is. Errors: forbidden, not_found, conflict (no transformation), unavailable. */
export async function testVersion(
  ctx: Context,
  group: string,
  major: number,
): Promise<TestedVersionResource> {
  await authorizeAtAll(ctx, 'group:read_statistics')
  const version = await resolveVersion(ctx, { group, version: major })
  await authorize(ctx, 'group:read_statistics', version.resource)
  const inputs = await resolveInputs(ctx, transformationOf(version).inputs)
  const tests = await runKeptTests(ctx, version, inputs)
  return { group, version: major, passed: tests.every(({ passed }) => passed), tests }
}
