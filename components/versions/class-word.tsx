import { type State, StateWord } from '@/components/ui/state'
import type { DiffResource } from '@/lib/registry/operations'

export type ChangeClass = DiffResource['changes'][number]['class']

export const classStates: Record<ChangeClass, State> = { breaking: 'fail', warning: 'warn', info: 'ok' }

/** The class of a change as a word with its shape. */
export const ClassWord = ({ of }: { of: ChangeClass }) => <StateWord state={classStates[of]}>{of}</StateWord>
