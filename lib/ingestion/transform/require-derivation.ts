import { invalidField } from '@/lib/core/errors'
import { aggregationFault } from '@/lib/offline'
import type { ServingVersion } from '@/lib/registry'
import type { GroupInput, Input } from './resolve-inputs'

const isGroup = (input: Input): input is GroupInput => input.kind === 'group'

const isBoundBy = ({ version }: GroupInput, use: 'aggregate_only' | 'no_reidentification') =>
  version.features.some(({ permittedUse }) => permittedUse.includes(use))

/** An input that names a person, or the feature of the derived group that would. */
function identifierBeside(version: ServingVersion, inputs: GroupInput[], bound: GroupInput): string | null {
  const own = version.features.find(({ isIdentifier }) => isIdentifier)
  if (own) return `${version.groupName} itself has \`${own.name}\``
  for (const input of inputs) {
    const found = input.version.features.find(({ isIdentifier }) => isIdentifier)
    if (found) {
      const same = input === bound ? 'it also holds' : `${input.name} holds`
      return `${same} \`${found.name}\``
    }
  }
  return null
}

/**
 * Holds a transformation to the permitted use of the groups that it reads. `aggregate_only`: each SELECT that reads
 * the group reads it alone, aggregates, and does not single out one key. `no_reidentification`: no group that it reads,
 * and not its own, holds a feature whose tags say that it names a person.
 * @throws DomainError `invalid` at the SQL or at the inputs.
 */
export async function requireDerivation(
  version: ServingVersion,
  all: readonly Input[],
  signal: AbortSignal,
): Promise<void> {
  const sql = version.transformation?.sql ?? ''
  const inputs = all.filter(isGroup)
  for (const input of inputs) {
    if (isBoundBy(input, 'no_reidentification')) {
      const beside = identifierBeside(version, inputs, input)
      if (beside) {
        const reason = `The permitted use of ${input.name} is \`no_reidentification\`: nothing is derived from it beside what names a person, and ${beside}, which its tags say names one.`
        throw invalidField('/transformation/inputs', reason, 'no_reidentification')
      }
    }
    if (isBoundBy(input, 'aggregate_only')) {
      const keys = input.version.keys.map(({ name }) => name)
      const fault = await aggregationFault(sql, { table: input.name, keys }, signal)
      if (fault) {
        const reason = `The permitted use of ${input.name} is \`aggregate_only\`: ${fault}`
        throw invalidField('/transformation/sql', reason, 'aggregate_only')
      }
    }
  }
}
