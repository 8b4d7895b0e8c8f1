import { ChartFrame } from './chart-frame'
import { HoverColumns } from './hover-columns'
import { Plot } from './plot'
import {
  type PreparedQuantiles,
  prepareQuantileBands,
  type QuantileBandsInput,
} from './prepare-quantile-bands'

function Bands({ outer, inner, median, dots, reference }: PreparedQuantiles) {
  return (
    <>
      <path d={outer} className="fill-accent/12" />
      <path d={inner} className="fill-accent/30" />
      {reference ? (
        <path
          d={`M0 ${reference.y}H1000`}
          className="stroke-muted"
          strokeDasharray="4 3"
          vectorEffect="non-scaling-stroke"
        />
      ) : null}
      <path
        d={median}
        fill="none"
        className="stroke-accent"
        strokeWidth="1.5"
        vectorEffect="non-scaling-stroke"
      />
      <path
        d={dots}
        className="stroke-accent"
        strokeWidth="5"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
    </>
  )
}

/** How the values of a number lay by window: 8 of 10 light, half darker, the median a line; hatched where unknown. */
export function QuantileBandsChart({ heightPx = 160, ...input }: QuantileBandsInput & { heightPx?: number }) {
  const series = prepareQuantileBands(input)
  const { reference } = series
  return (
    <ChartFrame
      title={series.finding}
      note={`line: median, dark: half of the values, light: 8 of 10 · ${input.step}s, UTC`}
      table={series.table}
    >
      <Plot
        label={`Quantiles by ${input.step}. ${series.finding}`}
        heightPx={heightPx}
        yTicks={series.yTicks}
        xTicks={series.xTicks}
        rightPx={reference ? 96 : 0}
        drawing={<Bands {...series} />}
        overlay={
          <>
            {reference ? (
              <span
                className="absolute left-full ml-1.5 translate-y-1/2 whitespace-nowrap"
                style={{ bottom: `${reference.at * 100}%` }}
              >
                {reference.text}
              </span>
            ) : null}
            {series.gaps.map((gap) => (
              <span
                key={gap.from}
                className="hatch absolute inset-y-0"
                style={{ left: `${gap.from * 100}%`, width: `${(gap.to - gap.from) * 100}%` }}
              />
            ))}
            <HoverColumns columns={series.columns} />
          </>
        }
      />
    </ChartFrame>
  )
}
