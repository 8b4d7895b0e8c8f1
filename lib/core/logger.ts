import pino from 'pino'
import { env } from './env'
import { singleton } from './singleton'

/** Structured log on standard error; secrets never reach it. */
export const logger = () =>
  singleton('logger', () =>
    pino(
      { level: env().LOG_LEVEL, redact: ['*.secret', '*.password', '*.authorization', '*.cookie'] },
      pino.destination(2),
    ),
  )
