import { curlOf } from './curl'
import { fieldsOf, isJson, type Json, limitsOf, type SchemaField, typeText } from './schema-fields'

export interface Parameter extends SchemaField {
  place: string
}

export interface Payload {
  contentType: string
  /** What it is where it is no object: "array of string"; null where the record states no schema. */
  type: string | null
  fields: SchemaField[]
  /** An earlier operation that answers the very same members, which stand there alone. */
  sameAs?: { id: string; summary: string }
  /** JSON text. */
  example: string | null
}

export interface Answer {
  status: string
  description: string
  payloads: Payload[]
}

export interface ReferenceOperation {
  id: string
  method: string
  path: string
  summary: string
  description: string
  isPublic: boolean
  parameters: Parameter[]
  bodies: Payload[]
  answers: Answer[]
  curl: string
}

export interface ReferenceTag {
  name: string
  operations: ReferenceOperation[]
}

export interface Reference {
  version: string
  tags: ReferenceTag[]
}

const json = (value: unknown): Json => (isJson(value) ? value : {})
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

function parametersOf(operation: Json): Parameter[] {
  return list(operation.parameters)
    .map(json)
    .map((one) => ({
      path: text(one.name),
      place: text(one.in),
      type: typeText(json(one.schema)),
      required: one.required === true,
      description: text(one.description),
      limits: limitsOf(json(one.schema)),
    }))
}

function payloadsOf(content: unknown): Payload[] {
  return Object.entries(json(content)).map(([contentType, value]) => {
    const media = json(value)
    const schema = json(media.schema)
    const isStated = Object.keys(schema).length > 0
    return {
      contentType,
      type: isStated ? typeText(schema) : null,
      fields: fieldsOf(schema),
      example: media.example === undefined ? null : JSON.stringify(media.example, null, 2),
    }
  })
}

/** The problem answer is the same for all and told once. */
const answersOf = (operation: Json): Answer[] =>
  Object.entries(json(operation.responses))
    .filter(([status]) => status !== 'default')
    .map(([status, answer]) => ({
      status,
      description: text(json(answer).description),
      payloads: payloadsOf(json(answer).content),
    }))

function operationOf(path: string, method: string, operation: Json): ReferenceOperation {
  const parameters = parametersOf(operation)
  const bodies = payloadsOf(json(operation.requestBody).content)
  const description = text(operation.description)
  const isPublic = list(operation.security).length === 0 && Array.isArray(operation.security)
  const call = {
    method,
    path,
    isPublic,
    needsMatch: parameters.some((one) => one.path === 'If-Match'),
    requiredQuery: parameters.filter((one) => one.place === 'query' && one.required).map((one) => one.path),
    body: bodies.find(({ example }) => example !== null) ?? bodies[0] ?? null,
  }
  return {
    id: text(operation.operationId),
    method,
    path,
    summary: text(operation.summary),
    description,
    isPublic,
    parameters,
    bodies,
    answers: answersOf(operation),
    curl: curlOf(call),
  }
}

const fewest = 6

/** Tells long answers once: an operation that answers what an earlier one does points there. */
function toldOnce(operations: ReferenceOperation[]): ReferenceOperation[] {
  const seen = new Map<string, { id: string; summary: string }>()
  const once = (payload: Payload, { id, summary }: ReferenceOperation): Payload => {
    if (payload.fields.length < fewest) return payload
    const key = JSON.stringify(payload.fields)
    const first = seen.get(key)
    if (first) return { ...payload, fields: [], sameAs: first }
    seen.set(key, { id, summary })
    return payload
  }
  return operations.map((operation) => ({
    ...operation,
    answers: operation.answers.map((answer) => ({
      ...answer,
      payloads: answer.payloads.map((payload) => once(payload, operation)),
    })),
  }))
}

/** An OpenAPI document by tag, in the order of its tags and paths, as the page shows it. */
export function referenceOf(document: Json): Reference {
  const operations = Object.entries(json(document.paths)).flatMap(([path, methods]) =>
    Object.entries(json(methods)).map(([method, operation]) => ({
      tag: text(list(json(operation).tags)[0]),
      operation: operationOf(path, method.toUpperCase(), json(operation)),
    })),
  )
  const tags = list(document.tags).map((tag) => text(json(tag).name))
  const inOrder = tags.flatMap((name) => operations.filter(({ tag }) => tag === name))
  const told = toldOnce(inOrder.map(({ operation }) => operation))
  return {
    version: text(json(document.info).version),
    tags: tags.map((name) => ({ name, operations: told.filter((_, at) => inOrder[at]?.tag === name) })),
  }
}
