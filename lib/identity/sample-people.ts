import { personInput } from './resources'

export const sampleTeams = [
  {
    name: 'flights',
    displayName: 'Flights',
    description: 'Delays of flights, and the models that predict them.',
  },
  { name: 'growth', displayName: 'Growth', description: 'Customers: engagement and churn.' },
]

/** People of the sample, one for each way of using the portal. The names are made up. */
export const samplePeople = [
  {
    email: 'ines.okafor@sample.example',
    name: 'Ines Okafor',
    roles: [{ role: 'consumer' }],
    teams: [{ name: 'growth' }],
  },
  {
    email: 'mara.voss@sample.example',
    name: 'Mara Voss',
    roles: [{ role: 'producer' }],
    teams: [{ name: 'flights', membership: 'maintainer' }],
  },
  { email: 'jonas.lind@sample.example', name: 'Jonas Lind', roles: [{ role: 'reviewer' }] },
  { email: 'tomas.reyes@sample.example', name: 'Tomas Reyes', roles: [{ role: 'viewer' }] },
].map((person) => personInput.parse(person))
