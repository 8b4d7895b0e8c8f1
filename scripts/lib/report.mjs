const isTerminal = process.stdout.isTTY && !process.env.NO_COLOR
const paint = (code) => (text) => (isTerminal ? `\u001b[${code}m${text}\u001b[0m` : text)

export const green = paint(32)
export const red = paint(31)
export const yellow = paint(33)
export const dim = paint(2)

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`

/** A failure whose text is all that the reader needs: no stack. */
export class Refusal extends Error {}

export const say = (line) => process.stdout.write(`${line}\n`)

/** A remark while a step runs: where the step's own line stands unfinished it gives way. */
export const remark = (line) => say(isTerminal ? `\r\u001b[2K${dim(`  ${line}`)}` : `  ${line}`)

const patienceMilliseconds = 1500

/** Where lines can be redrawn a step shows while it runs; elsewhere it is announced once it takes its time. */
function announce(text) {
  if (isTerminal) process.stdout.write(dim(`… ${text}`))
  return isTerminal ? undefined : setTimeout(() => say(`… ${text}`), patienceMilliseconds)
}

const redraw = (line) => say(isTerminal ? `\r\u001b[2K${line}` : line)

/** One line for one step, with the time it took; `work` may return what to add to the line. */
export async function step(name, work, { slow } = {}) {
  const since = Date.now()
  const announced = announce(slow ?? name)
  try {
    const told = await work()
    redraw(`${green('✓')} ${name}${told ? ` · ${told}` : ''} ${dim(`· ${seconds(since)}`)}`)
  } catch (error) {
    redraw(`${red('✗')} ${name} ${dim(`· ${seconds(since)}`)}`)
    throw error
  } finally {
    clearTimeout(announced)
  }
}

/** Tells a failure and ends the process: a refusal by its words, anything else with its stack. */
export function fail(error) {
  process.stderr.write(`\n${error instanceof Refusal ? error.message : (error?.stack ?? error)}\n`)
  process.exit(1)
}
