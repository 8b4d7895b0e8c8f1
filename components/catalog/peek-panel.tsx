import { AddToBasket } from '@/components/basket/add-to-basket'
import { DayStrip } from '@/components/charts/day-strip'
import { KindGlyph, kindWord } from '@/components/icons/kind-glyph'
import { DetailPanel } from '@/components/layout/detail-panel'
import { FactsList } from '@/components/ui/facts-list'
import { Lifecycle } from '@/components/ui/lifecycle'
import { MarkedProse } from '@/components/ui/marked-prose'
import { Name } from '@/components/ui/name'
import { NameText } from '@/components/ui/name-text'
import { VerdictLine } from '@/components/ui/verdict-line'
import { assetHref } from './asset-href'
import type { Peek } from './peek'

interface PeekPanelProps {
  peek: Peek
  closeHref: string
  widthPx: number
}

const title = ({ kind, name }: Peek) => (
  <span className="flex min-w-0 items-center gap-2">
    <span title={kindWord(kind)} className="shrink-0 text-muted">
      <KindGlyph kind={kind} />
    </span>
    <NameText name={name} />
  </span>
)

function Lines({ peek }: { peek: Peek }) {
  if (peek.lines.length === 0) return null
  return (
    <section aria-labelledby="peek-lines" className="flex flex-col gap-2">
      <h3 id="peek-lines" className="font-medium">
        {peek.linesTitle}
      </h3>
      <ul className="border-t">
        {peek.lines.map((line) => (
          <li key={line.href} className="flex min-h-8 items-center justify-between gap-4 border-b py-1">
            <Name name={line.name} href={line.href} />
            <span className="shrink-0 truncate text-12 text-muted">{line.note}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** An asset beside the list it was found in: what it means, whose it is, how it is, what it consists of. */
export function PeekPanel({ peek, closeHref, widthPx }: PeekPanelProps) {
  const { kind, name, description, owner, lifecycle, verdict, days, facts } = peek
  return (
    <DetailPanel
      title={title(peek)}
      label={`${kindWord(kind)} ${name}`}
      href={assetHref(kind, name)}
      closeHref={closeHref}
      widthPx={widthPx}
    >
      <div className="flex flex-col gap-5">
        <MarkedProse text={description || 'No description yet.'} />
        {peek.isComparable ? (
          <div>
            <AddToBasket feature={name} look="button" isPage />
          </div>
        ) : null}
        {verdict ? <VerdictLine clauses={verdict} /> : null}
        {days ? <DayStrip size="header" days={days} label={`Last 28 days of ${name}`} /> : null}
        <FactsList
          facts={[
            { term: 'Owner', value: owner },
            ...(lifecycle ? [{ term: 'Lifecycle', value: <Lifecycle state={lifecycle} /> }] : []),
            ...facts,
          ]}
        />
        <Lines peek={peek} />
      </div>
    </DetailPanel>
  )
}
