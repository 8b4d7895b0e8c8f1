import { AddToBasket } from '@/components/basket/add-to-basket'
import { DayStrip } from '@/components/charts/day-strip'
import { MiniDistribution } from '@/components/charts/mini-distribution'
import type { RowAct, TableColumn, TableRow } from '@/components/data-table/types'
import { KindGlyph, kindWord } from '@/components/icons/kind-glyph'
import { Lifecycle, type LifecycleState } from '@/components/ui/lifecycle'
import { MarkedText } from '@/components/ui/marked-text'
import { Name } from '@/components/ui/name'
import { NameText } from '@/components/ui/name-text'
import type { HitResource } from '@/lib/catalog/operations'
import { assetHref } from './asset-href'
import type { AssetSign } from './asset-sign'
import { ReadersSign } from './readers-sign'

export const catalogColumns: TableColumn[] = [
  { id: 'name', header: 'Name', sortable: true, grow: true, fixed: true, phone: 'first' },
  { id: 'entity', header: 'Entity', width: '96px', from: 'lg' },
  { id: 'type', header: 'Type', width: '88px', from: 'lg' },
  { id: 'distribution', header: 'Distribution', width: '80px', from: 'xl' },
  { id: 'days', header: '28 days', width: '184px', phone: 'first' },
  { id: 'readers', header: 'Readers 30 d', align: 'right', width: '116px', from: 'lg', phone: 'second' },
  { id: 'team', header: 'Owner', width: '84px', phone: 'second' },
  { id: 'lifecycle', header: 'Lifecycle', width: '92px', from: 'md', phone: 'second' },
]

/** States of a version; services, entities and sources are simply there. */
const lifecycleStates: readonly string[] = ['draft', 'in_review', 'active', 'deprecated', 'archived']
const isLifecycle = (state: string): state is LifecycleState => lifecycleStates.includes(state)

/** A feature that is served: it can be put aside and compared. */
const isComparable = ({ kind, lifecycle }: HitResource) =>
  kind === 'feature' && (lifecycle === 'active' || lifecycle === 'deprecated')

const firstSentence = (text: string) => text.split('\n')[0] ?? ''

function NameCell({ hit }: { hit: HitResource }) {
  const meaning = firstSentence(hit.description)
  return (
    <span className="flex min-w-0 items-start gap-2">
      <span className="mt-0.5 shrink-0 text-muted" title={kindWord(hit.kind)}>
        <KindGlyph kind={hit.kind} />
      </span>
      <span className="flex min-w-0 flex-col">
        <span className="flex min-w-0 items-baseline gap-2">
          <Name name={hit.name} href={assetHref(hit.kind, hit.name)} />
          {hit.certified ? <span className="shrink-0 text-11 text-ok">certified</span> : null}
        </span>
        <span className="truncate text-12 text-muted">
          <MarkedText
            text={meaning}
            ranges={hit.highlight.description.filter(([, end]) => end <= meaning.length)}
          />
          {hit.match === 'none' || hit.match === 'exact' ? null : <span> · {hit.why}</span>}
        </span>
      </span>
      {isComparable(hit) ? (
        <span className="ml-auto shrink-0 max-md:hidden">
          <AddToBasket feature={hit.name} />
        </span>
      ) : null}
    </span>
  )
}

/** One hit as a row of the catalogue. */
export function catalogRow(hit: HitResource, sign: AssetSign | undefined, acts: RowAct[]): TableRow {
  return {
    acts,
    id: `${hit.kind}/${hit.name}`,
    href: assetHref(hit.kind, hit.name),
    cells: {
      name: <NameCell hit={hit} />,
      entity: hit.entity ? (
        <NameText name={hit.entity} className="w-20 text-12 [&>span]:font-normal" />
      ) : null,
      type: hit.type ? (
        <span title={hit.type} className="block w-18 truncate font-mono text-12">
          {hit.type}
        </span>
      ) : null,
      distribution: sign?.distribution ? (
        <MiniDistribution counts={sign.distribution} label={`Distribution of ${hit.name}`} />
      ) : null,
      days: sign?.days ? <DayStrip days={sign.days} label={`Last 28 days of ${hit.name}`} /> : null,
      readers: <ReadersSign readers={sign?.readers} weeklyReads={sign?.weeklyReads} />,
      team: (
        <span title={hit.team} className="block max-w-16 truncate">
          {hit.team}
        </span>
      ),
      lifecycle: isLifecycle(hit.lifecycle) ? <Lifecycle state={hit.lifecycle} /> : hit.lifecycle,
    },
  }
}
