import { fileURLToPath } from 'node:url'
import { startSealer } from '@/lib/audit'
import { startEngine } from '@/lib/offline'

/** Work that runs beside the requests for as long as the portal runs. */
export interface Service {
  name: string
  /** Resolves when the service is ready; what it returns ends it and resolves when nothing of it is left. */
  start: () => Promise<() => Promise<void>>
}

/** The engine's bundle lies beside the portal's. */
const engineBundle = fileURLToPath(new URL('./engine.mjs', import.meta.url))

/** In the order in which they start; they stop in the opposite one. */
export const services: Service[] = [
  { name: 'offline engine', start: async () => (await startEngine({ bundle: engineBundle })).stop },
  { name: 'audit sealer', start: startSealer },
]
