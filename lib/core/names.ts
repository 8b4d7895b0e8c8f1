import { z } from 'zod'
import { namePattern } from './name-pattern'

export { namePattern }

export const nameSchema = z
  .string()
  .regex(namePattern, 'must start with a lower-case letter and hold only a-z, 0-9 and _ (at most 63)')
