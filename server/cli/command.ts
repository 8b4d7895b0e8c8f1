/** A command of `npm run almanac --`. What it writes to standard output is its result and nothing else. */
export interface Command {
  /** The line that help shows after the command's name. */
  usage: string
  /** Runs with the words after the command's name and returns the exit code. */
  run: (args: string[]) => Promise<number>
}
