import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import type { Theirs } from './merge'

interface TheirsNoteProps {
  changed: readonly Theirs[]
  wordOf: (field: string) => string
  /** Fields for which somebody has chosen already. */
  decided: ReadonlySet<string>
  onChoose: (one: Theirs, side: 'theirs' | 'mine') => void
}

const shown = (value: string | undefined) =>
  value === undefined ? (
    <span className="text-muted">not there</span>
  ) : value === '' ? (
    <span className="text-muted">empty</span>
  ) : (
    <span className="whitespace-pre-wrap [overflow-wrap:anywhere]">{value}</span>
  )

function Contested({
  one,
  word,
  decided,
  onChoose,
}: { one: Theirs; word: string } & Pick<TheirsNoteProps, 'decided' | 'onChoose'>) {
  return (
    <li className="flex flex-col gap-1 border-t pt-2">
      <span className="font-medium">{word}</span>
      <span>Theirs: {shown(one.theirs)}</span>
      <span>Yours: {shown(one.mine)}</span>
      {decided.has(one.field) ? (
        <span className="text-12 text-muted">Decided; the form shows what will be saved.</span>
      ) : (
        <span className="flex gap-2">
          <Button size="small" onClick={() => onChoose(one, 'theirs')} aria-label={`Take theirs for ${word}`}>
            Take theirs
          </Button>
          <Button size="small" onClick={() => onChoose(one, 'mine')} aria-label={`Keep mine for ${word}`}>
            Keep mine
          </Button>
        </span>
      )}
    </li>
  )
}

/** What somebody else changed while the form was open, field by field; nothing typed here is lost. */
export function TheirsNote({ changed, wordOf, decided, onChoose }: TheirsNoteProps) {
  if (changed.length === 0) return null
  const contested = changed.filter(({ isConflict }) => isConflict)
  const taken = changed.filter(({ isConflict }) => !isConflict)
  return (
    <Callout tone="warn" title="Somebody else changed it meanwhile">
      <div className="flex flex-col gap-2">
        <p>Nothing was saved yet, and nothing that you typed is lost.</p>
        {taken.length > 0 ? (
          <p>
            Taken over, since you had not touched it: {taken.map(({ field }) => wordOf(field)).join(', ')}.
          </p>
        ) : null}
        {contested.length > 0 ? (
          <ul className="flex flex-col gap-2">
            {contested.map((one) => (
              <Contested
                key={one.field}
                one={one}
                word={wordOf(one.field)}
                decided={decided}
                onChoose={onChoose}
              />
            ))}
          </ul>
        ) : null}
      </div>
    </Callout>
  )
}

/** Beside the button, which may be far below the note. */
export function RaceLine({ undecided, changed }: { undecided: number; changed: number }) {
  if (changed === 0) return null
  const text =
    undecided > 0
      ? 'Decide above what both of you changed.'
      : 'Somebody else changed it meanwhile, as told above. Save again when it is right.'
  return (
    <p role="status" className="text-muted">
      {text}
    </p>
  )
}
