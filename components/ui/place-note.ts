export type Side = 'top' | 'right' | 'bottom' | 'left'

interface Size {
  width: number
  height: number
}

interface Box extends Size {
  left: number
  top: number
}

const gap = 4
const padding = 8
const opposite = { top: 'bottom', bottom: 'top', left: 'right', right: 'left' } as const

function beside(anchor: Box, note: Size, side: Side): { left: number; top: number } {
  const left = anchor.left + (anchor.width - note.width) / 2
  const top = anchor.top + (anchor.height - note.height) / 2
  if (side === 'top') return { left, top: anchor.top - note.height - gap }
  if (side === 'bottom') return { left, top: anchor.top + anchor.height + gap }
  if (side === 'left') return { left: anchor.left - note.width - gap, top }
  return { left: anchor.left + anchor.width + gap, top }
}

const within = (value: number, size: number, whole: number) =>
  Math.max(padding, Math.min(value, whole - size - padding))

function fits({ left, top }: { left: number; top: number }, note: Size, side: Side, view: Size): boolean {
  if (side === 'top') return top >= padding
  if (side === 'bottom') return top + note.height <= view.height - padding
  if (side === 'left') return left >= padding
  return left + note.width <= view.width - padding
}

/** Where a note stands, px in the window: in the middle of its side, on the other where only that has room. */
export function placeNote(anchor: Box, note: Size, side: Side, view: Size): { left: number; top: number } {
  const wanted = beside(anchor, note, side)
  const other = beside(anchor, note, opposite[side])
  const taken = !fits(wanted, note, side, view) && fits(other, note, opposite[side], view) ? other : wanted
  return {
    left: Math.round(within(taken.left, note.width, view.width)),
    top: Math.round(within(taken.top, note.height, view.height)),
  }
}
