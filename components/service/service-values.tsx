import { StatusWord, type ValueStatus } from '@/components/feature-group/key-answer'
import { exactText } from '@/components/feature-group/words'
import { cn } from '@/components/ui/cn'
import { scrollRegion } from '@/components/ui/scroll-region'
import { Time } from '@/components/ui/time'

/** What POST /online-features answers with metadata; here for one key. */
export interface ServiceAnswer {
  features: string[]
  values: unknown[][]
  statuses: ValueStatus[][]
  event_times: (string | null)[][]
}

const headCell = 'h-7 border-b border-b-control px-2 font-normal first:pl-0 last:pr-0 md:px-4'

/** Each feature of the service for one key: value, status in words, and how old it is. */
export function ServiceValues({ answer }: { answer: ServiceAnswer }) {
  return (
    <div {...scrollRegion('Values of the key')} className="overflow-x-auto">
      <table className="w-full">
        <caption className="sr-only">Values of the key</caption>
        <thead>
          <tr className="text-left text-12 text-muted">
            <th scope="col" className={headCell}>
              Feature
            </th>
            <th scope="col" className={cn(headCell, 'text-right')}>
              Value
            </th>
            <th scope="col" className={headCell}>
              Status
            </th>
            <th scope="col" className={headCell}>
              Age
            </th>
          </tr>
        </thead>
        <tbody>
          {answer.features.map((name, index) => {
            const time = answer.event_times[index]?.[0]
            return (
              <tr key={name} className="border-b">
                <th scope="row" className="h-8 pr-4 text-left font-mono text-12 font-normal">
                  {name}
                </th>
                <td
                  className="num max-w-72 truncate px-2 text-right max-md:max-w-24 md:px-4"
                  title={exactText(answer.values[index]?.[0])}
                >
                  {exactText(answer.values[index]?.[0])}
                </td>
                <td className="px-2 md:whitespace-nowrap md:px-4">
                  <StatusWord status={answer.statuses[index]?.[0] ?? 'NOT_FOUND'} />
                </td>
                <td className="whitespace-nowrap pl-2 text-12 text-muted md:pl-4">
                  {time ? <Time at={time} relative /> : '–'}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
