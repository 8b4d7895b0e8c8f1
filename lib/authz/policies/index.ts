import { createHash } from 'node:crypto'
import { forbids } from './forbids'
import { permits } from './permits'
import { schemaText } from './schema'

export { schemaText }

/** Policy id → Cedar text, in the order in which refusals look for the nearest. */
export const policyTexts: Record<string, string> = { ...forbids, ...permits }

/** Names exactly these policies and this schema; every audit row carries it. */
export const policyVersion = createHash('sha256')
  .update(JSON.stringify([schemaText, policyTexts]))
  .digest('hex')
  .slice(0, 12)
