import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { Context } from '@/lib/core/context'
import { env } from '@/lib/core/env'
import { authenticateKey, createServiceKey } from '@/lib/identity'

/** The models that read during a replay: a service account each, named as what it is. */
const replayConsumers = [
  { account: 'sample replay: delay model 1', service: 'delay_model_v1' },
  { account: 'sample replay: delay model 2', service: 'delay_model_v2' },
] as const

const secretsSchema = z.record(z.string(), z.string())

export const sampleKeysFile = () => join(env().home, 'sample', 'keys.json')

async function keptSecrets(): Promise<Record<string, string>> {
  const file = sampleKeysFile()
  return existsSync(file) ? secretsSchema.parse(JSON.parse(await readFile(file, 'utf8'))) : {}
}

/** A context that acts with the account's key, made when there is none or when it was revoked. */
async function keyContext(ctx: Context, account: string, secrets: Record<string, string>): Promise<Context> {
  const kept = secrets[account]
  const known = kept ? await authenticateKey(kept) : null
  if (known) return { ...ctx, actor: known, via: 'api' }
  const secret = await createServiceKey(ctx, { name: account, role: 'consumer', team: 'flights' })
  secrets[account] = secret
  const actor = await authenticateKey(secret)
  if (!actor) throw new Error(`The key of ${account} was refused as soon as it was made.`)
  return { ...ctx, actor, via: 'api' }
}

/** For each consumer its service and a context with its own key; secrets are kept where only this user reads. */
export async function consumerContexts(ctx: Context): Promise<{ service: string; as: Context }[]> {
  const secrets = await keptSecrets()
  const consumers: { service: string; as: Context }[] = []
  for (const { account, service } of replayConsumers) {
    consumers.push({ service, as: await keyContext(ctx, account, secrets) })
  }
  await mkdir(dirname(sampleKeysFile()), { recursive: true })
  await writeFile(sampleKeysFile(), JSON.stringify(secrets), { mode: 0o600 })
  return consumers
}
