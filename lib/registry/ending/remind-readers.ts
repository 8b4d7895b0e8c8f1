import { type Transaction, withTransaction } from '@/db/client'
import { record } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { notify, toldOf } from '@/lib/notify'
import { requireState, versionName } from '../act-on-version'
import { instantMilliseconds } from '../instants'
import { deprecationNotices, type Ending, newsOf, peopleBehind, readersOf } from './downstream'
import { authorizedEnding, authorizeEndingAtAll } from './rights'

/** Who has not acknowledged it yet, and who reads on all the same. */
async function waitedFor(tx: Transaction, ctx: Context, ending: Ending): Promise<string[]> {
  const told = await toldOf(tx, deprecationNotices(ending))
  const since = instantMilliseconds(ending.version.deprecatedAt ?? '')
  const readers = await readersOf(tx, ctx, ending)
  const still = readers.filter(({ last_read: last }) => Date.parse(last) > since)
  const silent = told.filter(({ acknowledgedAt }) => acknowledgedAt === null)
  return [...new Set([...silent.map(({ personId }) => personId), ...peopleBehind(still)])]
}

/** A reminder to those who are waited for. `occasion`: a person gets one of each. Returns how many got it. */
export async function remind(
  tx: Transaction,
  ctx: Context,
  ending: Ending,
  occasion: string,
): Promise<number> {
  const { name } = ending.row.group
  const { title, body } = newsOf(ending)
  return notify(tx, ctx, {
    kind: 'sunset',
    to: { people: await waitedFor(tx, ctx, ending) },
    asset: { kind: 'group', name },
    title: `Reminder: ${title}`,
    body,
    href: `/groups/${name}?version=${ending.version.major}`,
    once: `reminder:${ending.version.id}:${occasion}`,
  })
}

/**
 * Reminds those who have not acknowledged a deprecation and those who read on, once a person and day.
 * Errors: `conflict` unless it is deprecated; `forbidden`, `not_found`.
 */
export async function remindReaders(ctx: Context, group: string, major: number): Promise<{ told: number }> {
  await authorizeEndingAtAll(ctx)
  const { row, version, action, decision } = await authorizedEnding(ctx, group, major)
  requireState(row, version, 'reminded of', ['deprecated'])
  return withTransaction(async (tx) => {
    const told = await remind(tx, ctx, { row, version }, ctx.now().toISOString().slice(0, 10))
    await record(tx, ctx, {
      action,
      resource: { kind: 'group', name: versionName(row, version) },
      decision,
      reason: 'Reminded those who have not acknowledged the deprecation or read on.',
      after: { told },
      environment: null,
    })
    return { told }
  })
}
