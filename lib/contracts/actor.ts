import type { Context } from '@/lib/core/context'

/** Who acts, under two columns: a key acts for its owner and is named as itself. */
export function actorOf<P extends string>(ctx: Context, prefix: P): Record<`${P}Id` | `${P}Name`, string> {
  const { actor } = ctx
  const name = actor.kind === 'apiKey' ? `${actor.keyName} (${actor.name})` : actor.name
  const columns: Record<string, string> = { [`${prefix}Id`]: actor.id, [`${prefix}Name`]: name }
  // Both columns were just written.
  return columns as Record<`${P}Id` | `${P}Name`, string>
}
