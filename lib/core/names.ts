import { z } from 'zod'

/** Names of groups, features, services, entities, teams: lower snake case, at most 63 characters. */
export const namePattern = /^[a-z][a-z0-9_]{0,62}$/

export const nameSchema = z
  .string()
  .regex(namePattern, 'must start with a lower-case letter and hold only a-z, 0-9 and _ (at most 63)')
