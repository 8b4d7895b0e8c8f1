/** What an expression knows of a value. `any`: not known here, or null; `other`: lists, bytes, JSON. */
export type ValueKind = 'number' | 'string' | 'bool' | 'date' | 'timestamp' | 'other' | 'any'

/** `time`: a date or a timestamp; `same`: all arguments of one kind; `whole`: a whole number, written out. */
export type Parameter = ValueKind | 'time' | 'same' | 'whole' | readonly string[]

export interface AllowedFunction {
  parameters: readonly Parameter[]
  /** How many of them must be there. */
  required: number
  /** The last parameter may be repeated. */
  repeated?: boolean
  returns: ValueKind | 'same'
}

const of = (
  returns: AllowedFunction['returns'],
  parameters: readonly Parameter[],
  required = parameters.length,
): AllowedFunction => ({ returns, parameters, required })

const number = of('number', ['number'])
const text = of('string', ['string'])
const same: AllowedFunction = { returns: 'same', parameters: ['same'], required: 1, repeated: true }
const units = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second'] as const
const part = of('number', ['time'])

/** Deterministic, over their arguments alone, and total: what cannot be computed is null. */
export const allowedFunctions: Readonly<Record<string, AllowedFunction>> = {
  abs: number,
  sign: number,
  floor: number,
  ceil: number,
  trunc: number,
  sqrt: number,
  ln: number,
  log2: number,
  log10: number,
  exp: number,
  round: of('number', ['number', 'whole'], 1),
  power: of('number', ['number', 'number']),
  isnan: of('bool', ['number']),
  isinf: of('bool', ['number']),
  isfinite: of('bool', ['number']),
  greatest: same,
  least: same,
  coalesce: same,
  nullif: of('same', ['same', 'same']),
  lower: text,
  upper: text,
  trim: text,
  ltrim: text,
  rtrim: text,
  length: of('number', ['string']),
  left: of('string', ['string', 'whole']),
  right: of('string', ['string', 'whole']),
  substr: of('string', ['string', 'whole', 'whole'], 2),
  replace: of('string', ['string', 'string', 'string']),
  contains: of('bool', ['string', 'string']),
  starts_with: of('bool', ['string', 'string']),
  ends_with: of('bool', ['string', 'string']),
  year: part,
  quarter: part,
  month: part,
  week: part,
  day: part,
  hour: part,
  minute: part,
  second: part,
  dayofweek: part,
  isodow: part,
  dayofyear: part,
  epoch: part,
  date_trunc: of('timestamp', [units, 'time']),
  date_diff: of('number', [units, 'time', 'time']),
}

/** Whether a value of kind `given` may stand where `wanted` is asked for. */
export function fits(given: ValueKind, wanted: ValueKind | 'time'): boolean {
  if (given === 'any' || wanted === 'any') return true
  if (wanted === 'time') return given === 'date' || given === 'timestamp'
  return given === wanted
}
