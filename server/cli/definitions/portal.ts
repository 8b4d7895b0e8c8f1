import { DomainError } from '@/lib/core/errors'

export interface Portal {
  url: string
  key: string
}

/** Where the portal is and who asks: options before ALMANAC_URL and ALMANAC_KEY (or ALMANAC_API_KEY). */
export function portalOf(options: { url?: string | undefined; key?: string | undefined }): Portal {
  const url = options.url ?? process.env.ALMANAC_URL ?? `http://127.0.0.1:${process.env.PORT ?? 3000}`
  const key = options.key ?? process.env.ALMANAC_API_KEY ?? process.env.ALMANAC_KEY
  if (!key)
    throw new DomainError('unauthenticated', 'Set ALMANAC_KEY, or give --key: every call needs an API key.')
  if (!URL.canParse(url)) throw new DomainError('invalid', `${url} is no address.`)
  return { url: url.replace(/\/+$/, ''), key }
}

interface ProblemBody {
  detail?: string
  title?: string
  request_id?: string
  errors?: { pointer: string; reason: string; code: string }[]
}

async function problemOf(answer: Response): Promise<DomainError> {
  const text = await answer.text()
  const isProblem = answer.headers.get('content-type')?.includes('json') ?? false
  const problem: ProblemBody = isProblem ? JSON.parse(text) : {}
  const what = problem.detail ?? problem.title ?? `The portal answered ${answer.status}.`
  const request = problem.request_id === undefined ? '' : ` (request ${problem.request_id})`
  return new DomainError('invalid', `${what}${request}`, { errors: problem.errors ?? [] })
}

/** Calls the portal. Errors: in its words, with the request's id; `unavailable` when it is not reached. */
export async function call<T>(
  portal: Portal,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<T> {
  let answer: Response
  try {
    answer = await fetch(`${portal.url}/api/v1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${portal.key}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: 'error',
    })
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
    throw new DomainError('unavailable', `${portal.url} was not reached: ${cause}`)
  }
  if (!answer.ok) throw await problemOf(answer)
  // The portal's own document says what it answers with.
  return (await answer.json().catch((error: unknown) => {
    throw new DomainError('unavailable', `The answer of ${portal.url} was cut off: ${String(error)}`)
  })) as T
}
