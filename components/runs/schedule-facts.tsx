import { durationWords, everyWords, scheduleWords } from '@/components/feature-group/words'
import { type Fact, FactsList } from '@/components/ui/facts-list'
import { Time } from '@/components/ui/time'
import type { TransformationStatusResource } from '@/lib/ingestion/operations'

function whenWords({ schedule, on_new_data: onNewData }: TransformationStatusResource) {
  if (schedule === null) return onNewData ? 'When an input has new data' : 'By hand'
  const words = scheduleWords(schedule)
  return (
    <>
      {words === null ? <span className="font-mono">{schedule}</span> : <span title={schedule}>{words}</span>}
      {onNewData ? ' UTC, and when an input has new data' : ' UTC'}
    </>
  )
}

function factsOf(status: TransformationStatusResource): Fact[] {
  const {
    next_due: next,
    watermark,
    interval,
    lookback,
    runs_as: name,
    schedule,
    on_new_data: onNewData,
  } = status
  return [
    { term: 'Runs', value: whenWords(status) },
    ...(next ? [{ term: 'Next', value: <Time at={next} /> }] : []),
    { term: 'Computed up to', value: watermark ? <Time at={watermark} /> : 'Nothing yet' },
    ...(schedule !== null || onNewData ? [{ term: 'In the name of', value: name }] : []),
    ...(interval
      ? [{ term: 'Windows end', value: everyWords(interval), note: 'counted from 1970, UTC' }]
      : []),
    ...(lookback
      ? [{ term: 'Reads back', value: durationWords(lookback), note: 'so far late rows reach' }]
      : []),
  ]
}

/** When a transformation runs and how far it has come. */
export function ScheduleFacts({ status }: { status: TransformationStatusResource }) {
  return <FactsList facts={factsOf(status)} />
}
