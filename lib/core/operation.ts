import type { z } from 'zod'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface ResponseRecord {
  description: string
  schema?: z.ZodType
  /** Media types of the answer; `application/json` when absent. */
  contentTypes?: string[]
  example?: unknown
}

/** What one operation of the public interface is: routes, the OpenAPI document, forms and clients come from it. */
export interface Operation<P extends z.ZodType = z.ZodType, Q extends z.ZodType = z.ZodType> {
  operationId: string
  method: Method
  /** OpenAPI form, e.g. `/api/v1/feature-groups/{name}`. */
  path: string
  summary: string
  description?: string
  tag: string
  params?: P
  query?: Q
  /** `schema` documents the body; the use case parses it, after the coarse authorization. */
  body?: { schema?: z.ZodType; contentTypes?: string[]; example?: unknown; maxBytes?: number }
  responses: Record<number, ResponseRecord>
  auth: 'required' | 'public'
  /**
   * What an Idempotency-Key does to a write. Absent: a retry gets the first answer, which the route keeps. `by_act`: so
   * too, and the act keeps it itself. `refused`: a request with one is refused, and told why.
   */
  idempotency?: 'by_act' | { refused: string }
  /** A PATCH or DELETE needs If-Match; false where nothing has a version that it could name. */
  ifMatch?: false
  /** Of a file: Range, If-Range and If-None-Match are looked at. */
  ranges?: true
  /** Action of lib/authz that the caller must be able to do somewhere, checked before the body is looked at. */
  action?: string
  /** `none` for what a load balancer asks: it must be told how things stand above all when everybody asks. */
  rateLimit?: 'default' | 'serving' | 'sign_in' | 'none'
}

/** Keeps the literal types of params and query, so that the route's handler sees them typed. */
export const operation = <P extends z.ZodType = z.ZodType<unknown>, Q extends z.ZodType = z.ZodType<unknown>>(
  record: Operation<P, Q>,
): Operation<P, Q> => record

/** Of a read that is a POST for the size of its question. */
export const changesNothing = { refused: 'this reads, and changes nothing.' }

export const holdsSecret = { refused: 'the answer holds a secret, which is shown once and not kept.' }

/** Whether an operation looks at Idempotency-Key: every write does, unless it refuses one. */
export const takesKey = ({ method, idempotency }: Pick<Operation, 'method' | 'idempotency'>): boolean =>
  method !== 'GET' && typeof idempotency !== 'object'
