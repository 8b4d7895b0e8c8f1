/** The members of an RFC 9457 problem that the pages show; lib/api-client's ProblemError fits it. */
export interface Problem {
  title?: string
  detail?: string
  status?: number
  code?: string
  type?: string
  request_id?: string
  errors?: readonly ProblemFieldError[]
  decision?: { rule?: string; missing?: readonly string[]; who_can_help?: readonly string[] }
}

export interface ProblemFieldError {
  pointer: string
  reason: string
  code?: string
  row?: number
  column?: string
  value?: string
}
