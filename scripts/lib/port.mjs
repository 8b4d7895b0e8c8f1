import { createServer } from 'node:net'
import { Refusal } from './report.mjs'

/** The port that PORT names, 3000 without it. */
export function wantedPort() {
  const text = process.env.PORT || '3000'
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Refusal(`PORT is "${text}": it must be a number from 0 to 65535.`)
  }
  return port
}

export const portTaken = (port) =>
  `Port ${port} is taken by another program. Choose another, for example: PORT=${port === 65535 ? 3000 : port + 1} npm start`

/** Refuses at once when the port is taken: nobody should wait for a build to learn that. */
export async function refuseTakenPort(port) {
  const host = process.env.HOST || undefined
  await new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Refusal(portTaken(port))
          : new Refusal(`Port ${port}: ${error.message}`),
      )
    })
    probe.listen({ port, host }, () => probe.close(resolve))
  })
}
