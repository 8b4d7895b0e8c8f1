/**
 * Bytes or texts as they come, as the web stream of an answer: made as fast as they are taken, ended when their
 * reader leaves. A failure breaks the answer off, so that nobody takes half of it for the whole.
 */
export function byteStream(source: AsyncIterable<Uint8Array | string>): ReadableStream<Uint8Array> {
  const chunks = source[Symbol.asyncIterator]()
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await chunks.next()
        if (done) controller.close()
        else controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value)
      } catch (error) {
        controller.error(error)
      }
    },
    async cancel() {
      await chunks.return?.()
    },
  })
}
