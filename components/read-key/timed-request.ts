import { type Answer, type RequestOptions, request } from '@/lib/api-client'

export interface Took {
  /** From the browser's request to the last byte. */
  roundTripMs: number
  /** What the portal says that it needed (`Server-Timing`); null when it does not say. */
  serverMs: number | null
}

const serverMilliseconds = (headers: Headers): number | null => {
  const [, duration] = /\bdur=([\d.]+)/.exec(headers.get('server-timing') ?? '') ?? []
  return duration === undefined ? null : Number(duration)
}

/** `request`, with how long it took. */
export async function timedRequest<T>(
  path: string,
  options: RequestOptions,
): Promise<{ data: Answer<T>['data']; took: Took }> {
  const startedMs = performance.now()
  const { data, headers } = await request<T>(path, options)
  return { data, took: { roundTripMs: performance.now() - startedMs, serverMs: serverMilliseconds(headers) } }
}
