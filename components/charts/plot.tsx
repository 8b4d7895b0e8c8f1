import type { ReactNode } from 'react'
import { cn } from '@/components/ui/cn'

export interface Tick {
  /** 0…1, from the left or from the bottom. */
  at: number
  text: string
}

export interface PlotProps {
  /** The drawing in words, for those who do not see it. */
  label: string
  heightPx?: number
  yTicks: readonly Tick[]
  xTicks: readonly Tick[]
  /** Room at the right end for direct labels. */
  rightPx?: number
  /** SVG in a 1000 × 1000 box that is stretched: strokes need vector-effect="non-scaling-stroke". */
  drawing: ReactNode
  /** HTML over the drawing, positioned in per cent. */
  overlay?: ReactNode
}

/** Axes in HTML around a stretched SVG: sharp text at any width, drawn on the server, no script. */
export function Plot({ label, heightPx = 160, yTicks, xTicks, rightPx = 0, drawing, overlay }: PlotProps) {
  return (
    <div
      role="img"
      aria-label={label}
      className="num @container grid grid-cols-[3rem_minmax(0,1fr)] text-11 text-muted leading-none"
      style={{ paddingRight: rightPx }}
    >
      <div className="relative" style={{ height: heightPx }}>
        {yTicks.map((tick) => (
          <span
            key={tick.text}
            className="absolute right-2 translate-y-1/2 whitespace-nowrap"
            style={{ bottom: `${tick.at * 100}%` }}
          >
            {tick.text}
          </span>
        ))}
      </div>
      <div className="relative" style={{ height: heightPx }}>
        <svg
          aria-hidden
          viewBox="0 0 1000 1000"
          preserveAspectRatio="none"
          className="absolute inset-0 h-full w-full overflow-visible"
        >
          {yTicks.map((tick) => (
            <path
              key={tick.text}
              d={`M0 ${1000 - tick.at * 1000}H1000`}
              className="stroke-hairline"
              vectorEffect="non-scaling-stroke"
            />
          ))}
          {drawing}
          <path d="M0 1000H1000" className="stroke-control" vectorEffect="non-scaling-stroke" />
        </svg>
        {overlay}
      </div>
      <div className="relative col-start-2 h-5">
        {xTicks.map((tick, index) => (
          <span
            key={`${tick.at}${tick.text}`}
            className={cn(
              'absolute top-1.5 whitespace-nowrap',
              xTicks.length > 4 && index % 2 === 1 && '@max-md:hidden',
              tick.at < 0.04 ? '' : tick.at > 0.96 ? '-translate-x-full' : '-translate-x-1/2',
            )}
            style={{ left: `${tick.at * 100}%` }}
          >
            {tick.text}
          </span>
        ))}
      </div>
    </div>
  )
}
