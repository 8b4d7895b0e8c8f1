import { z } from 'zod'
import type { Operation, ResponseRecord } from '@/lib/core/operation'
import { sessionCookieName } from '@/lib/identity'
import { headerParametersOf } from './headers'

type Json = Record<string, unknown>

const problemSchema: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'request_id'],
  properties: {
    type: { type: 'string', description: 'A page that explains this kind of problem.' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    code: { type: 'string' },
    request_id: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'reason', 'code'],
        properties: {
          pointer: { type: 'string' },
          reason: { type: 'string' },
          code: { type: 'string' },
          row: { type: 'integer' },
          column: { type: 'string' },
          value: { type: 'string' },
          rule: { type: 'string' },
        },
      },
    },
    decision: {
      type: 'object',
      properties: {
        action: { type: 'string' },
        resource: { type: 'string' },
        rule: { type: 'string' },
        missing: { type: 'array', items: { type: 'string' } },
        who_can_help: { type: 'array', items: { type: 'string' } },
      },
    },
  },
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    target: 'draft-2020-12',
  })
  return rest
}

/** Path or query parameters of a zod object. */
function parametersOf(schema: z.ZodType | undefined, where: 'path' | 'query'): Json[] {
  if (!schema) return []
  const object = schemaOf(schema, 'input')
  const required = new Set(Array.isArray(object.required) ? object.required.map(String) : [])
  const properties = (object.properties ?? {}) as Record<string, Json>
  return Object.entries(properties).map(([name, { description, ...property }]) => ({
    name,
    in: where,
    required: where === 'path' || required.has(name),
    ...(description ? { description } : {}),
    schema: property,
  }))
}

function responseOf(record: ResponseRecord): Json {
  const types = record.contentTypes ?? (record.schema ? ['application/json'] : [])
  const content = types.map((type) => [
    type,
    {
      schema: record.schema && type === 'application/json' ? schemaOf(record.schema, 'output') : {},
      ...(record.example !== undefined && type === 'application/json' ? { example: record.example } : {}),
    },
  ])
  return {
    description: record.description,
    ...(content.length > 0 ? { content: Object.fromEntries(content) } : {}),
  }
}

function bodyOf(operation: Operation): Json | undefined {
  if (!operation.body) return undefined
  const { schema, example, contentTypes = ['application/json'] } = operation.body
  const content = contentTypes.map((type) => [
    type,
    {
      schema: schema && type === 'application/json' ? schemaOf(schema, 'input') : {},
      ...(example !== undefined && type === 'application/json' ? { example } : {}),
    },
  ])
  return { required: true, content: Object.fromEntries(content) }
}

function operationOf(operation: Operation): Json {
  const answers = Object.entries(operation.responses).map(([status, record]) => [status, responseOf(record)])
  const requestBody = bodyOf(operation)
  return {
    operationId: operation.operationId,
    summary: operation.summary,
    ...(operation.description ? { description: operation.description } : {}),
    tags: [operation.tag],
    parameters: [
      ...parametersOf(operation.params, 'path'),
      ...parametersOf(operation.query, 'query'),
      ...headerParametersOf(operation),
    ],
    ...(requestBody ? { requestBody } : {}),
    ...(operation.auth === 'public' ? { security: [] } : {}),
    responses: { ...Object.fromEntries(answers), default: { $ref: '#/components/responses/Problem' } },
  }
}

/** The OpenAPI 3.1 document of the given operations, in a stable order. */
export function openApiDocument(operations: readonly Operation[], version: string): Json {
  const paths: Record<string, Json> = {}
  const sorted = [...operations].sort(
    (a, b) => a.path.localeCompare(b.path) || a.method.localeCompare(b.method),
  )
  for (const operation of sorted) {
    const path = paths[operation.path] ?? {}
    path[operation.method.toLowerCase()] = operationOf(operation)
    paths[operation.path] = path
  }
  const tags = [...new Set(sorted.map((operation) => operation.tag))].sort()
  return {
    openapi: '3.1.0',
    info: {
      title: 'Almanac',
      version,
      description: 'Feature catalog and governance portal for machine learning.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: tags.map((name) => ({ name, description: `Operations on ${name}.` })),
    security: [{ apiKey: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: sessionCookieName,
          description: 'The browser session.',
        },
      },
      responses: {
        Problem: {
          description: 'A problem document (RFC 9457).',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
      schemas: { Problem: problemSchema },
    },
  }
}
