const words: Record<string, string> = {
  readOnlineFeatures: 'online',
  readOnlineKey: 'online, one key',
  feastGetOnlineFeatures: 'online, Feast',
  getHistoricalFeatures: 'historical',
  getTrainingData: 'training data',
  listLatestRows: 'latest rows',
}

/** A route as a person says it; an operation's id where none is known. */
export const routeWords = (operationId: string): string => words[operationId] ?? operationId
