import { expect, test } from 'vitest'
import { placeNote } from './place-note'

const view = { width: 390, height: 800 }
const note = { width: 100, height: 20 }

test('a note stands in the middle of its side, four pixels away', () => {
  const anchor = { left: 150, top: 300, width: 40, height: 30 }
  expect(placeNote(anchor, note, 'top', view)).toEqual({ left: 120, top: 276 })
  expect(placeNote(anchor, note, 'bottom', view)).toEqual({ left: 120, top: 334 })
  expect(placeNote(anchor, note, 'left', view)).toEqual({ left: 46, top: 305 })
  expect(placeNote(anchor, note, 'right', view)).toEqual({ left: 194, top: 305 })
})

test('where its side has no room it stands on the other', () => {
  expect(placeNote({ left: 150, top: 10, width: 40, height: 30 }, note, 'top', view).top).toBe(44)
  expect(placeNote({ left: 150, top: 770, width: 40, height: 20 }, note, 'bottom', view).top).toBe(746)
  expect(placeNote({ left: 350, top: 300, width: 30, height: 30 }, note, 'right', view).left).toBe(246)
})

test('it keeps eight pixels from the window’s edge', () => {
  expect(placeNote({ left: 0, top: 300, width: 20, height: 20 }, note, 'top', view).left).toBe(8)
  expect(placeNote({ left: 380, top: 300, width: 10, height: 20 }, note, 'top', view).left).toBe(282)
})
