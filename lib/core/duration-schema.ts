import { z } from 'zod'
import { durationSeconds } from './duration'

export const durationSchema = z
  .string()
  .refine(
    (text) => durationSeconds(text) !== null,
    'must be an ISO 8601 duration in weeks, days, hours, minutes or seconds, such as P30D or PT12H',
  )
