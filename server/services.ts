/** Work that runs beside the requests for as long as the portal runs. */
export interface Service {
  name: string
  /** Resolves when the service is ready; what it returns ends it and resolves when nothing of it is left. */
  start: () => Promise<() => Promise<void>>
}

/** In the order in which they start; they stop in the opposite one. */
export const services: Service[] = []
