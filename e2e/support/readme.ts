import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface TourStep {
  commands: string
  /** What the README says that they print; empty when it shows nothing. */
  printed: string
}

/** The fenced commands of the README's tour, each with the fenced output behind it. */
export function tourSteps(): TourStep[] {
  const text = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8')
  const tour = /^## Five minutes$(.*?)^## /ms.exec(text)?.[1] ?? ''
  const steps: TourStep[] = []
  for (const [, language, body = ''] of tour.matchAll(/^```(\w+)\n(.*?)^```$/gms)) {
    const last = steps.at(-1)
    if (language === 'sh') steps.push({ commands: body, printed: '' })
    else if (last) last.printed = body
  }
  return steps
}
