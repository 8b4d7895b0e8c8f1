import type { Context } from '@/lib/core/context'
import { getHistoricalFeatures } from '@/lib/offline'
import { readOnlineFeatures } from '@/lib/online'
import type { ExampleResource, ExampleRun } from './operations'

const mostShown = 20_000

/** The answer of a read as text; no more of it than is shown is held. */
async function textOf(stream: AsyncIterable<unknown>): Promise<{ answer: string; cut: boolean }> {
  const decoder = new TextDecoder()
  let answer = ''
  let cut = false
  for await (const part of stream) {
    if (cut || !(part instanceof Uint8Array)) continue
    answer += decoder.decode(part, { stream: true })
    cut = answer.length > mostShown
  }
  return { answer: answer.slice(0, mostShown), cut }
}

/** Takes the example's request to the product, as `ctx` may. Errors: those of the read. */
export async function carryOut(
  asker: Context,
  { reads, request, environment }: Pick<ExampleResource, 'reads' | 'request' | 'environment'>,
): Promise<ExampleRun> {
  const ctx = { ...asker, environment }
  const from = performance.now()
  const took = () => Math.round((performance.now() - from) * 10) / 10
  if (reads === 'online') {
    const { body } = await readOnlineFeatures(ctx, request, { int64AsString: true })
    return { answer: body.slice(0, mostShown), cut: body.length > mostShown, took_ms: took() }
  }
  const { stream } = await getHistoricalFeatures(ctx, {
    request,
    upload: null,
    format: 'json',
    int64AsString: true,
  })
  const told = await textOf(stream)
  return { ...told, took_ms: took() }
}
