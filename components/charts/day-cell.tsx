import type { DayState } from './day-strip-summary'

/** One day, 5 × 14 at x: solid, notched top, full with a cross, diagonal hatch, hollow. */
export function DayCell({ state, x }: { state: DayState; x: number }) {
  const at = { transform: `translate(${x} 0)` }
  switch (state) {
    case 'ok':
      return <path {...at} d="M0 0h5v14H0z" className="fill-ok" />
    case 'warn':
      return <path {...at} d="M0 0l2.5 4L5 0v14H0z" className="fill-warn" />
    case 'fail':
      return (
        <g {...at}>
          <path d="M0 0h5v14H0z" className="fill-fail" />
          <path d="M.75 5l3.5 4M4.25 5l-3.5 4" className="stroke-on-fill" strokeWidth="1.1" />
        </g>
      )
    case 'no_data':
      return (
        <path
          {...at}
          d="M0 3L3 0M0 7L5 2M0 11L5 6M1 14L5 10"
          className="stroke-muted"
          strokeWidth="1"
          fill="none"
        />
      )
    case 'not_due':
      return <path {...at} d="M.5 .5h4v13h-4z" className="stroke-control" strokeWidth="1" fill="none" />
  }
}
