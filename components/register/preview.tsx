import { durationWords } from '@/components/feature-group/words'
import { KindGlyph } from '@/components/icons/kind-glyph'
import { saidFacts } from '@/components/rules/said-facts'
import { FactsList } from '@/components/ui/facts-list'
import { plural } from '@/components/ui/format-number'
import { NameText } from '@/components/ui/name-text'
import { durationAsTyped } from '@/lib/core/duration'
import type { Definition } from './definition'

/** The page that registering would make, while it is being typed. */
export function Preview({ definition, environment }: { definition: Definition; environment: string }) {
  const { name, description, entity, keys, timestampKey, ownerTeam, classification, features, ttl, said } =
    definition
  const isOpen = [classification, ...features.map(({ cells }) => cells.classification)].every(
    (one) => one !== 'confidential' && one !== 'restricted',
  )
  return (
    <aside aria-label="Preview" className="flex flex-col gap-3 border-l pl-6 max-lg:border-l-0 max-lg:pl-0">
      <p className="text-12 text-muted">The page as it will be</p>
      <p className="flex items-center gap-2 font-title text-20">
        <KindGlyph kind="group" />
        {name || <span className="text-muted">unnamed</span>}
        <span className="num text-13 text-muted">@1</span>
      </p>
      <p className="prose">{description || <span className="text-muted">No meaning is given yet.</span>}</p>
      <FactsList
        facts={[
          { term: 'Entity', value: entity || '–' },
          { term: 'Key', value: keys.map((key) => key.name).join(', ') || 'none: one row' },
          { term: 'Event time', value: timestampKey || '–' },
          { term: 'Owner', value: ownerTeam || 'your team' },
          { term: 'Classification', value: classification },
          { term: 'Time to live', value: durationWords(durationAsTyped(ttl)) || 'unlimited' },
          ...saidFacts(said),
          { term: 'Environment', value: environment },
          {
            term: 'Review',
            value: isOpen ? 'not needed' : 'needed',
            note: isOpen ? undefined : 'A second person approves what is confidential or restricted.',
          },
        ]}
      />
      <p className="text-12 text-muted">{plural(features.length, 'feature')}</p>
      <ul className="border-t">
        {features.slice(0, 30).map((row) => (
          <li key={row.key} className="flex min-h-8 items-center justify-between gap-3 border-b">
            <NameText name={`${name || 'group'}:${row.cells.name || '…'}`} />
            <span className="font-mono text-12 text-muted">{row.cells.type}</span>
          </li>
        ))}
      </ul>
    </aside>
  )
}
