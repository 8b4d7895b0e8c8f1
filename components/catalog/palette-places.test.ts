import { expect, test } from 'vitest'
import { placesFor } from './palette-places'

const places = {
  pages: [{ label: 'Catalogue', href: '/catalog', shortcut: 'g c' }],
  acts: [
    { label: 'Register a feature group', href: '/register' },
    { label: 'Register an entity', href: '/register/entity' },
  ],
}
const names = (query: string) => placesFor(query, places).flatMap(({ hits }) => hits.map(({ name }) => name))

test('beginnings of words find an act or a page; nothing typed shows all', () => {
  expect(names('')).toHaveLength(3)
  expect(names('reg gr')).toEqual(['Register a feature group'])
  expect(names('CATA')).toEqual(['Catalogue'])
  expect(names('delay')).toEqual([])
})
