import { plural } from '@/components/ui/format-number'
import { SegmentedControl } from '@/components/ui/segmented-control'
import type { ImportMode, OdcsImportResource } from '@/lib/contracts/operations'
import { changeWords } from './contract-words'

const segments = [
  { value: 'merge', label: 'Merge' },
  { value: 'replace', label: 'Replace' },
  { value: 'create', label: 'Create' },
] as const satisfies readonly { value: ImportMode; label: string }[]

const hints: Record<ImportMode, string> = {
  merge: 'What the document leaves out stays in force.',
  replace: 'What the document leaves out ends.',
  create: 'It is the first contract; refused where one is in force.',
}

interface ImportModesProps {
  mode: ImportMode
  onChange: (mode: ImportMode) => void
}

/** How a document is taken. */
export const ImportModes = ({ mode, onChange }: ImportModesProps) => (
  <div className="flex flex-col gap-1">
    <SegmentedControl
      label="How it is taken"
      value={mode}
      segments={segments}
      onChange={(value) => onChange(segments.find((one) => one.value === value)?.value ?? 'merge')}
    />
    <p className="text-12 text-muted">{hints[mode]}</p>
  </div>
)

type Outcome = OdcsImportResource['modes'][number]

const comesTo = ({ change, changes, refused }: Outcome): string => {
  if (refused !== null) return refused
  if (change === 'first') return 'the first contract.'
  return `${plural(changes.length, 'change')}; it ${changeWords[change]}.`
}

/** What the document would come to each way. */
export const ModeOutcomes = ({ modes }: Pick<OdcsImportResource, 'modes'>) => (
  <dl className="mb-2 grid grid-cols-[auto_1fr] gap-x-3">
    {segments.map(({ value, label }) => {
      const outcome = modes.find(({ mode }) => mode === value)
      return outcome ? (
        <div key={value} className="contents">
          <dt className="text-muted">{label}</dt>
          <dd>{comesTo(outcome)}</dd>
        </div>
      ) : null
    })}
  </dl>
)
