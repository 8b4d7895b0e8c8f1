import { type APIResponse, expect } from '@playwright/test'

export interface ProblemDocument {
  type: string
  title: string
  status: number
  detail: string
  instance: string
  code: string
  request_id: string
  errors?: { row?: number; column?: string; value?: string; pointer: string; reason: string; code: string }[]
  decision?: { action: string; resource: string; rule: string; missing: string[]; who_can_help: string[] }
  [extension: string]: unknown
}

/** Holds that an answer is a whole problem document of this status and code, and returns it. */
export async function problemOf(answer: APIResponse, status: number, code: string): Promise<ProblemDocument> {
  const text = await answer.text()
  expect(answer.status(), text).toBe(status)
  expect(answer.headers()['content-type']).toBe('application/problem+json')
  const problem: ProblemDocument = JSON.parse(text)
  expect(problem).toMatchObject({
    type: `/docs/errors/${code}`,
    title: expect.stringMatching(/\w/),
    status,
    detail: expect.stringMatching(/\w/),
    instance: new URL(answer.url()).pathname,
    code,
    request_id: answer.headers()['x-request-id'],
  })
  return problem
}
