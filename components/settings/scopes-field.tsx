import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { scopeLabel } from './key-words'
import { scopeGroups, scopePresets } from './scopes'

interface ScopesFieldProps {
  /** Actions that the maker may do themselves. */
  offered: readonly string[]
  /** Null: everything that the owner may. */
  scopes: readonly string[] | null
  onChange: (scopes: string[] | null) => void
  error?: string | undefined
}

const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

interface ChoicesProps extends Omit<ScopesFieldProps, 'error' | 'scopes'> {
  scopes: readonly string[]
}

function Choices({ offered, scopes, onChange }: ChoicesProps) {
  const isOffered = (action: string) => offered.includes(action)
  const toggle = (action: string, on: boolean) =>
    onChange(on ? [...scopes, action] : scopes.filter((one) => one !== action))
  return (
    <>
      <div className="flex flex-wrap gap-2">
        {scopePresets
          .filter((preset) => preset.actions.every(isOffered))
          .map((preset) => (
            <Button key={preset.label} size="small" onClick={() => onChange([...preset.actions])}>
              {preset.label}
            </Button>
          ))}
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        {scopeGroups
          .map((group) => ({ ...group, actions: group.actions.filter(isOffered) }))
          .filter((group) => group.actions.length > 0)
          .map((group) => (
            <fieldset key={group.label} className="flex flex-col gap-1.5">
              <legend className="mb-1 text-12 text-muted">{group.label}</legend>
              {group.actions.map((action) => (
                <Checkbox
                  key={action}
                  label={upper(scopeLabel(action))}
                  hint={<code className="font-mono">{action}</code>}
                  checked={scopes.includes(action)}
                  onChange={(event) => toggle(action, event.target.checked)}
                />
              ))}
            </fieldset>
          ))}
      </div>
    </>
  )
}

/** Everything that the owner may, or chosen actions. */
export function ScopesField({ offered, scopes, onChange, error }: ScopesFieldProps) {
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 font-medium text-12">May</legend>
      <SegmentedControl
        label="May"
        value={scopes === null ? 'all' : 'some'}
        segments={[
          { value: 'all', label: 'Everything that you may' },
          { value: 'some', label: 'Only what you choose' },
        ]}
        onChange={(value) => onChange(value === 'all' ? null : [])}
      />
      {scopes === null ? null : <Choices offered={offered} scopes={scopes} onChange={onChange} />}
      {error ? <p className="text-12 text-fail">{error}</p> : null}
    </fieldset>
  )
}
