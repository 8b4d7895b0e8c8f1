import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface TourStep {
  commands: string
  /** What the README says that they print; empty when it shows nothing. */
  printed: string
}

const root = join(import.meta.dirname, '..', '..')
const shown = ['json', 'csv', 'text']

/** The fenced commands of a text, each with the fenced output behind it. */
function stepsOf(text: string): TourStep[] {
  const steps: TourStep[] = []
  for (const [, language = '', body = ''] of text.matchAll(/^```(\w+)\n(.*?)^```$/gms)) {
    const last = steps.at(-1)
    if (language === 'sh') steps.push({ commands: body, printed: '' })
    else if (last && shown.includes(language)) last.printed = body
  }
  return steps
}

/** The steps of the README's tour. */
export function tourSteps(): TourStep[] {
  const text = readFileSync(join(root, 'README.md'), 'utf8')
  return stepsOf(/^## Five minutes$(.*?)^## /ms.exec(text)?.[1] ?? '')
}

/** The steps of the guide, page after page; pages that are a file of their own run no command. */
export function guideSteps(): TourStep[] {
  const folder = join(root, 'docs', 'guide')
  const chapters: { pages: { slug: string; file?: string }[] }[] = JSON.parse(
    readFileSync(join(root, 'docs', 'guide.json'), 'utf8'),
  )
  return chapters
    .flatMap(({ pages }) => pages.filter(({ file }) => file === undefined))
    .flatMap(({ slug }) => stepsOf(readFileSync(join(folder, `${slug}.md`), 'utf8')))
}
