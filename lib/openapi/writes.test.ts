import { describe, expect, it } from 'vitest'
import { operations } from '.'

const writes = operations.filter(({ method }) => method !== 'GET')

/** Reads that are a POST, and answers with a secret: a request with a key is refused and told why. */
const refusing = [
  'compareSamples',
  'createApiKey',
  'createPerson',
  'createSignInLink',
  'feastGetOnlineFeatures',
  'findSimilarFeatures',
  'getHistoricalFeatures',
  'inferDefinition',
  'previewBulkRetirement',
  'previewFeatureGroupVersion',
  'previewTrainingDataset',
  'readOnlineFeatures',
  'runExample',
]

/** Rows: the answer is kept in the commit, by the act itself. */
const keeping = ['deleteRows', 'feastPush', 'feastWriteToOnlineStore', 'ingestRows']

const idsOf = (found: typeof writes) => found.map(({ operationId }) => operationId).sort()

describe('Idempotency-Key', () => {
  it('is honoured by every write but those named here, which say why not', () => {
    const refused = writes.filter(({ idempotency }) => typeof idempotency === 'object')
    expect(idsOf(refused)).toEqual(refusing)
    for (const { idempotency } of refused)
      expect(typeof idempotency === 'object' && idempotency.refused).toMatch(/^(this reads|the answer holds)/)
  })

  it('is kept by the route unless the act keeps it', () => {
    expect(idsOf(writes.filter(({ idempotency }) => idempotency === 'by_act'))).toEqual(keeping)
  })

  it('means nothing to a GET', () => {
    const odd = operations.filter(({ method, idempotency }) => method === 'GET' && idempotency !== undefined)
    expect(idsOf(odd)).toEqual([])
  })

  it('finds an answer that can be kept: JSON or nothing', () => {
    const streamed = writes.filter(
      ({ idempotency, responses }) =>
        idempotency === undefined &&
        Object.values(responses).some(({ contentTypes }) =>
          contentTypes?.some((one) => one !== 'application/json'),
        ),
    )
    expect(idsOf(streamed)).toEqual([])
  })
})
