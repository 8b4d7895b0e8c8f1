import { stateFile } from './installation'

/** Who uses the portal in the tests: the first administrator and the people of the sample. */
export const people = {
  administrator: { name: 'Administrator', email: 'admin@localhost.localdomain' },
  scientist: { name: 'Ines Okafor', email: 'ines.okafor@sample.example' },
  owner: { name: 'Mara Voss', email: 'mara.voss@sample.example' },
  reviewer: { name: 'Jonas Lind', email: 'jonas.lind@sample.example' },
  viewer: { name: 'Tomas Reyes', email: 'tomas.reyes@sample.example' },
} as const

export type Person = keyof typeof people
export const personNames: Person[] = ['administrator', 'scientist', 'owner', 'reviewer', 'viewer']

/** Where the setup keeps the session of a person, as Playwright's storage state. */
export const sessionOf = (person: Person): string => stateFile(`session-${person}`)
