import type { MissingKind } from '@/lib/core/errors'
import { domainErrorOf, toProblem } from './problem'
import type { Wire } from './wire'

const missingClasses: Record<MissingKind, string> = {
  group: 'FeatureViewNotFoundException',
  version: 'FeatureViewVersionNotFound',
  service: 'FeatureServiceNotFoundException',
  feature: 'SpecifiedFeaturesNotPresentError',
  push_source: 'PushSourceNotFoundException',
}

/** The exception of feast.errors that a failure is on the other side. */
function classOf(error: unknown): string {
  const known = domainErrorOf(error)
  if (known?.code === 'forbidden' || known?.code === 'unauthenticated') return 'FeastPermissionError'
  if (known?.code === 'not_found') {
    const { missing } = known.details
    return missing ? missingClasses[missing] : 'FeastObjectNotFoundException'
  }
  const isClash = known?.details.errors?.some(({ code }) => code === 'name_clash') ?? false
  return isClash ? 'FeatureNameCollisionError' : 'FeastError'
}

/**
 * Feast's interfaces: a failure is a JSON string that holds JSON, from which Feast's client (FeastError.from_error_detail)
 * makes the exception again. Status and headers are those of the problem.
 */
export const feastWire: Wire = {
  via: 'feast',
  failure: (error, where) => {
    const { status, headers } = toProblem(error, where)
    const known = domainErrorOf(error)
    const message =
      known?.message ??
      `Something failed here. The request id ${where.requestId} leads to the cause in the log.`
    const detail = JSON.stringify({ module: 'feast.errors', class: classOf(error), message })
    return {
      status,
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(detail),
    }
  },
}
