import { countText } from '@/lib/core/number-text'
import type { Certificate, PartEvidence } from '../types'

export interface Clause {
  id: string
  holds: boolean
  text: string
}

const count = countText

const units: [seconds: number, name: string][] = [
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
]

/** 1234.5 → "1 234.5". */
const tenths = (value: number): string => {
  const [, fraction] = String(value).split('.')
  return fraction === undefined ? count(value) : `${count(Math.trunc(value))}.${fraction}`
}

/** A span of time in its greatest fitting unit: "3 hours", "1.5 days". */
export function spanWords(seconds: number): string {
  const [size, name] = units.find(([length]) => Math.abs(seconds) >= length) ?? [1, 'second']
  const value = Math.round((seconds / size) * 10) / 10
  return `${tenths(value)} ${name}${value === 1 ? '' : 's'}`
}

const reference = ({ alias, group, version }: PartEvidence): string =>
  alias === group ? `${group}@${version}` : `${alias} (${group}@${version})`

const delayWords = ({ source_delay_seconds: delay }: PartEvidence): string =>
  delay === 0 ? '' : `, less the ${spanWords(delay)} that its source is late`

function gapWords({ closest_seconds: closest, farthest_seconds: farthest }: PartEvidence): string {
  if (closest === null || farthest === null) return 'No row has a value from it.'
  if (closest === farthest)
    return closest === 0
      ? 'Every value is of that very instant.'
      : `Every value is ${spanWords(closest)} older.`
  return `The closest is ${closest === 0 ? 'of that very instant' : `${spanWords(closest)} older`}, the oldest ${spanWords(farthest)} older.`
}

function missingWords(part: PartEvidence): string {
  const kinds: [number, string][] = [
    [part.without_row, 'before its first row'],
    [part.expired, 'past its time-to-live'],
    [part.deleted, 'deleted by then'],
  ]
  const told = kinds.filter(([rows]) => rows > 0).map(([rows, why]) => `${count(rows)} ${why}`)
  return told.length === 0 ? '' : ` Null in ${told.join(', ')}.`
}

function brokenWords(part: PartEvidence): string {
  const [first] = part.examples
  const example = first
    ? ` Row ${count(first.row)}: \`${first.column}\` is ${first.value}${first.event_time ? `, known only from ${first.event_time} on` : ', which its history does not hold'}.`
    : ''
  return part.newer > 0
    ? `${count(part.newer)} rows hold a value of ${reference(part)} that was not known yet.${example}`
    : `${count(part.differing)} rows hold other values than the history of ${reference(part)} has for them.${example}`
}

function featureClause(part: PartEvidence): Clause {
  const id = `group:${part.alias}`
  if (part.differing > 0) return { id, holds: false, text: brokenWords(part) }
  const window = part.computed
    ? ' It is computed, and a row’s time is the instant its window closes, so no window reaches past it.'
    : ''
  return {
    id,
    holds: true,
    text: `${reference(part)}: no value is newer than its row’s time${delayWords(part)}. ${gapWords(part)}${missingWords(part)}${window}`,
  }
}

function labelClause(
  part: PartEvidence,
  { horizon_seconds: horizon, immature, left_out: leftOut }: Certificate,
): Clause {
  const id = 'label'
  const name = `${part.group}@${part.version}:${part.columns[0] ?? ''}`
  if (part.differing > 0) return { id, holds: false, text: brokenWords(part) }
  if (immature > 0)
    return { id, holds: false, text: `${count(immature)} rows have a label whose horizon had not passed.` }
  const ahead =
    horizon === null || horizon === 0 ? 'is known with its row' : `looks ${spanWords(horizon)} ahead`
  const left =
    leftOut === 0
      ? ' No row was too young for it.'
      : ` ${count(leftOut)} rows were left out, because that time had not passed.`
  const without = part.without_row + part.expired + part.deleted
  const none = without === 0 ? '' : ` ${count(without)} rows have none at their own time.`
  return {
    id,
    holds: true,
    text: `Label ${name} ${ahead}; each row has the one of its own time.${left}${none}`,
  }
}

/** The certificate as sentences, each of which holds or does not. */
export function clausesOf(certificate: Certificate): Clause[] {
  const { rows, first_row: first, last_row: last, known_at: knownAt, parts } = certificate
  const span = first === null || last === null ? '' : `, from ${first} to ${last}`
  return [
    {
      id: 'rows',
      holds: true,
      text: `${count(rows)} rows${span}, with what was committed by ${knownAt}.`,
    },
    ...parts.map((part) => (part.role === 'label' ? labelClause(part, certificate) : featureClause(part))),
  ]
}
