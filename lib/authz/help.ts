import { singleton } from '@/lib/core/singleton'
import type { ResourceFacts } from './resource'

/** Stands for the team of something that some team would own. */
export const anyTeam = 'any'

/** Names of people who could lift a refusal; the asker is left out. */
export type HelpDirectory = (question: {
  resource: ResourceFacts
  askerId: string
  /** A second person or a reviewer is what is missing, not a right of the team. */
  wantsReviewer: boolean
}) => string[]

const holder = () => singleton<{ directory: HelpDirectory }>('authz-help', () => ({ directory: () => [] }))

/** Identity, which knows people, hands its directory down: authz imports nothing above it. */
export function setHelpDirectory(directory: HelpDirectory): void {
  holder().directory = directory
}

export const whoCanHelp: HelpDirectory = (question) => holder().directory(question)
