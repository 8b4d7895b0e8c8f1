import { expect, test } from 'vitest'
import { toProblem } from './problem'

const where = { requestId: 'r', instance: '/api/v1/x' }
const postgresError = (code: string) =>
  new Error('Failed query', { cause: Object.assign(new Error('from PostgreSQL'), { code }) })

test.each(['40P01', '40001'])(
  'what PostgreSQL undid for the sake of another act (%s) may be tried again',
  (code) => {
    const { status, body } = toProblem(postgresError(code), where)
    expect(status).toBe(409)
    expect(JSON.parse(body)).toMatchObject({ code: 'conflict', detail: expect.stringContaining('Try again') })
  },
)

test('any other word of PostgreSQL is a defect', () => {
  expect(toProblem(postgresError('42P01'), where).status).toBe(500)
})
