import { setTimeout as wait } from 'node:timers/promises'
import { closedLoop } from './load.mjs'
import { requestsOf } from './online-requests.mjs'
import { send } from './product.mjs'

const mostSeconds = 5
const quietSeconds = 0.5

/**
 * All keys in turn on 8 connections; one of them is revoked meanwhile: how many of its reads were still served after the
 * revocation was answered, and when it was refused for the first time and ever after. Throws when it is served later
 * than 5 s, or again after a refusal, or when another key is refused.
 */
export async function revokeUnderLoad(product, { keys, apiKeys }) {
  const victim = apiKeys.length - 1
  const requests = requestsOf({ count: 1, width: 50 }, { keys, apiKeys, requests: apiKeys.length })
  const answers = []
  const others = new Map()
  const onAnswer = ({ index, status, sentMs }) => {
    if (index === victim) answers.push({ status, sentMs })
    else others.set(status, (others.get(status) ?? 0) + 1)
  }
  const server = { port: Number(new URL(product.origin).port) }
  const seconds = quietSeconds + mostSeconds + 1
  const load = closedLoop(server, requests, { connections: 8, seconds, onAnswer })
  await wait(quietSeconds * 1000)
  await send(product, 'DELETE', `/api/v1/api-keys/${apiKeys[victim].id}`, { headers: { 'if-match': '*' } })
  const revokedMs = performance.now()
  await load
  return judge(answers, others, revokedMs)
}

function judge(answers, others, revokedMs) {
  const strange = [...others.keys()].filter((status) => status !== 200)
  if (strange.length > 0)
    throw new Error(`Keys that nobody revoked were answered with ${strange.join(', ')}.`)
  const before = answers.filter(({ sentMs }) => sentMs < revokedMs)
  const after = answers.filter(({ sentMs }) => sentMs >= revokedMs).sort((a, b) => a.sentMs - b.sentMs)
  const served = after.filter(({ status }) => status === 200)
  const refused = after.filter(({ status }) => status === 401)
  if (!before.some(({ status }) => status === 200)) throw new Error('The key was never served.')
  const [first] = refused
  if (!first) throw new Error('The revoked key was never refused.')
  const last = served.at(-1)
  if (last && last.sentMs > first.sentMs) throw new Error('The revoked key was served again after a refusal.')
  const refusedAfterSeconds = (first.sentMs - revokedMs) / 1000
  if (refusedAfterSeconds > mostSeconds)
    throw new Error(`Served for ${refusedAfterSeconds} s after it was revoked.`)
  return {
    others: others.get(200) ?? 0,
    servedBefore: before.length,
    servedAfter: served.length,
    refused: refused.length,
    refusedAfterSeconds,
  }
}
