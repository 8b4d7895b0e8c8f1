import { describe, expect, it } from 'vitest'
import { curlOf } from './curl'
import { referenceOf } from './reference'
import { fieldsOf, limitsOf, typeText } from './schema-fields'

describe('typeText', () => {
  it('reads alternatives, arrays and maps', () => {
    expect(typeText({ anyOf: [{ type: 'string' }, { type: 'null' }] })).toBe('string or null')
    expect(typeText({ type: 'array', items: { type: 'object' } })).toBe('array of object')
    expect(typeText({ type: 'object', additionalProperties: { type: 'number' } })).toBe('object of number')
    expect(typeText({ enum: ['a', 'b'] })).toBe('string')
    expect(typeText({})).toBe('any')
  })
})

describe('limitsOf', () => {
  it('tells choices, bounds and the default, and not what every integer keeps', () => {
    expect(limitsOf({ type: 'string', enum: ['a', 'b'], default: 'a' })).toEqual([
      'one of a, b',
      'default "a"',
    ])
    expect(limitsOf({ type: 'string', minLength: 0, maxLength: 1 })).toEqual(['at most 1 character'])
    expect(limitsOf({ type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER })).toEqual([
      'at least 1',
    ])
  })
})

describe('fieldsOf', () => {
  it('puts nested members after their parent', () => {
    const schema = {
      type: 'object',
      required: ['features'],
      properties: {
        features: {
          type: 'array',
          items: { type: 'object', properties: { name: { type: 'string', description: 'Its name.' } } },
        },
      },
    }
    expect(fieldsOf(schema).map(({ path, type, required }) => [path, type, required])).toEqual([
      ['features', 'array of object', true],
      ['features[].name', 'string', false],
    ])
  })

  it('ends where a schema holds itself', () => {
    const schema: Record<string, unknown> = { type: 'object' }
    schema.properties = { child: schema }
    expect(fieldsOf(schema).length).toBeLessThan(10)
  })
})

describe('curlOf', () => {
  const call = {
    method: 'POST',
    path: '/api/v1/feature-groups/{name}/rows',
    isPublic: false,
    needsMatch: false,
    requiredQuery: ['mode'],
    body: { contentType: 'application/json', example: `{"a":"it's"}` },
  }

  it('names what is to be filled in, and quotes the body for the shell', () => {
    const line = curlOf(call)
    expect(line).toContain('-X POST "$ALMANAC_URL/api/v1/feature-groups/NAME/rows?mode=MODE"')
    expect(line).toContain(`-d '{"a":"it'\\''s"}'`)
  })

  it('sends a file where there is no example, and no key where none is needed', () => {
    const line = curlOf({ ...call, isPublic: true, body: { contentType: 'text/csv', example: null } })
    expect(line).toContain('--data-binary @FILE')
    expect(line).not.toContain('Authorization')
  })
})

describe('referenceOf', () => {
  it('tells a long answer once', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    const schema = {
      type: 'object',
      properties: Object.fromEntries(names.map((n) => [n, { type: 'string' }])),
    }
    const operation = (operationId: string) => ({
      operationId,
      summary: operationId,
      tags: ['things'],
      responses: { 200: { description: '', content: { 'application/json': { schema } } } },
    })
    const { tags } = referenceOf({
      tags: [{ name: 'things' }],
      paths: { '/a': { get: operation('first') }, '/b': { get: operation('second') } },
    })
    const payloads = tags[0]?.operations.flatMap(({ answers }) => answers.flatMap((one) => one.payloads))
    expect(payloads?.map(({ fields }) => fields.length)).toEqual([6, 0])
    expect(payloads?.[1]?.sameAs).toEqual({ id: 'first', summary: 'first' })
  })

  it('groups operations by tag and leaves the common problem out', () => {
    const operation = {
      operationId: 'getThing',
      summary: 'Read a thing',
      tags: ['things'],
      security: [],
      responses: { 200: { description: 'The thing.' }, default: { $ref: '#/components/responses/Problem' } },
    }
    const reference = referenceOf({
      info: { version: '1.2.3' },
      tags: [{ name: 'things' }],
      paths: { '/api/v1/things/{id}': { get: operation } },
    })
    expect(reference.version).toBe('1.2.3')
    const [first] = reference.tags[0]?.operations ?? []
    expect(first).toMatchObject({ id: 'getThing', method: 'GET', isPublic: true })
    expect(first?.answers.map(({ status }) => status)).toEqual(['200'])
  })
})
