import { singleton } from '@/lib/core/singleton'

const flights = () => singleton('monitoring-flights', () => new Map<string, Promise<unknown>>())

/**
 * Everyone who asks for the same work while it runs shares its one run and outcome. The key names the kind of work,
 * so that what runs under it is of the asker's type.
 */
export function singleFlight<T>(key: string, work: () => Promise<T>): Promise<T> {
  const running = flights()
  const flying = running.get(key)
  if (flying) return flying as Promise<T>
  const flight = work().finally(() => running.delete(key))
  running.set(key, flight)
  return flight
}
