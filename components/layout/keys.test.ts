import { expect, test } from 'vitest'
import { actionForKey } from './keys'
import { currentItem, type NavItem } from './nav'
import { clampPanelWidth } from './panel-width'

const nav: NavItem[] = [
  { label: 'Home', href: '/', glyph: 'home', key: 'h' },
  { label: 'Catalogue', href: '/catalog', glyph: 'catalogue', key: 'c', also: ['/groups'] },
  {
    label: 'Governance',
    href: '/governance/reviews',
    glyph: 'governance',
    also: ['/governance', '/groups/*/review'],
  },
]

test('g, then the letter of a room that exists', () => {
  expect(actionForKey('g', false, nav)).toEqual({ kind: 'chord' })
  expect(actionForKey('c', true, nav)).toEqual({ kind: 'go', href: '/catalog' })
  expect(actionForKey('m', true, nav)).toBeNull()
})

test('tabs, help, and letters for controls of the page', () => {
  expect(actionForKey('[', false, nav)).toEqual({ kind: 'tab', step: -1 })
  expect(actionForKey('?', false, nav)).toEqual({ kind: 'help' })
  expect(actionForKey('u', false, nav)).toEqual({ kind: 'click', key: 'u' })
  expect(actionForKey('Tab', false, nav)).toBeNull()
})

test('a page belongs to its room, Home only to itself', () => {
  const roomOf = (pathname: string) => currentItem(nav, pathname)?.label ?? null
  expect(roomOf('/')).toBe('Home')
  expect(roomOf('/catalog')).toBe('Catalogue')
  expect(roomOf('/groups/airport_delays')).toBe('Catalogue')
  expect(roomOf('/catalogue-of-others')).toBeNull()
  expect(roomOf('/governance/reviews')).toBe('Governance')
  expect(roomOf('/groups/airport_delays/review')).toBe('Governance')
  expect(roomOf('/groups/review')).toBe('Catalogue')
})

test('the panel stays between 360 and 640', () => {
  expect([100, 420.4, 9999].map(clampPanelWidth)).toEqual([360, 420, 640])
})
