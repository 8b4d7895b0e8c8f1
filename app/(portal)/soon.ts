/**
 * Waits for what a page shows, but no longer than so many milliseconds: what is there by then stands where it belongs
 * from the first paint, only what takes longer comes later and moves what is below it.
 */
export async function soon(parts: readonly Promise<unknown>[], milliseconds = 150): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds)
  })
  await Promise.race([Promise.allSettled(parts), patience])
  clearTimeout(timer)
}
