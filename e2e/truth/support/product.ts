import { expect, inject } from 'vitest'
import { type Answer, httpClient, type Send, type Sending } from './http'

const keys = () => inject('keys')
const clientOf = (key: string | null): Send => httpClient(inject('origin'), key)

/** HTTP with an administrator's key. */
export const send: Send = (method, path, sending) => clientOf(keys().administrator)(method, path, sending)

let minted = 0
/** A name that nothing in this run has. */
const freshName = (stem: string): string => `${stem}_${process.pid}_${Date.now().toString(36)}_${++minted}`

export const groups = '/api/v1/feature-groups'

export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  code: string
  request_id: string
  errors?: { pointer: string; reason: string; code: string; row?: number; column?: string; rule?: string }[]
  decision?: { rule: string; missing: string[]; who_can_help: string[] }
  [more: string]: unknown
}

/** Holds that an answer is a whole problem document of this status, and returns it. */
export function problemOf(answer: Answer, status: number): Problem {
  expect(answer.status, answer.text.slice(0, 500)).toBe(status)
  expect(answer.headers['content-type']).toBe('application/problem+json')
  // Checked member by member below.
  const problem = answer.json() as Problem
  expect(problem).toMatchObject({
    type: `/docs/errors/${problem.code}`,
    title: expect.stringMatching(/\w/),
    status,
    detail: expect.stringMatching(/\w/),
    code: expect.stringMatching(/^[a-z_]+$/),
    request_id: expect.stringMatching(/^\S+$/),
  })
  expect(answer.headers['x-request-id']).toBe(problem.request_id)
  for (const error of problem.errors ?? []) {
    expect(error).toMatchObject({ pointer: expect.any(String), reason: expect.stringMatching(/\w/) })
  }
  return problem
}

/** An answer of success, parsed. */
export function good<T = Record<string, unknown>>(answer: Answer, status = 200): T {
  expect(answer.status, answer.text.slice(0, 500)).toBe(status)
  return answer.json() as T
}

/** Registers a group of its own with one int64 key `id` and event time `at`, unless the definition says otherwise. */
export async function registered(
  stem: string,
  definition: Record<string, unknown>,
  sender: Send = send,
): Promise<string> {
  const name = freshName(stem)
  const body = {
    name,
    description: 'Made by the checks of a running installation.',
    entity: { name: `${name}_thing`.slice(0, 63), keys: [{ name: 'id', type: 'int64' }] },
    primary_key: ['id'],
    timestamp_key: 'at',
    owner_team: 'flights',
    ...definition,
  }
  good(await sender('POST', groups, { body }), 201)
  return name
}

export const withType = (type: string, body: unknown, more: Sending = {}): Sending => ({
  ...more,
  body,
  headers: { 'content-type': type, ...more.headers },
})
