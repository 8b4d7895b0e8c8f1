import { type State, StateWord } from '@/components/ui/state'
import type { Judgement } from '@/lib/monitoring/operations'

const words: Record<Judgement, { state: State; word: string }> = {
  ok: { state: 'ok', word: 'steady' },
  warn: { state: 'warn', word: 'warning' },
  fail: { state: 'fail', word: 'failing' },
  no_data: { state: 'unknown', word: 'no data' },
  low_confidence: { state: 'unknown', word: 'too few rows' },
}

/** The verdict over one window; never green without rows. */
export function JudgementWord({ judged }: { judged: Judgement }) {
  const { state, word } = words[judged]
  return <StateWord state={state}>{word}</StateWord>
}
