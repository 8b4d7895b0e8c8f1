export interface EmbeddedPostgres {
  /** False when it ran already. */
  started: boolean
  port: number
  dataDirectory: string
  /** Set when the database had to leave the home. */
  note: string | null
  /** As the running role. */
  url: string
  /** As the role that migrates. */
  ownerUrl: string
  /** As the administrator, to the maintenance database. */
  adminUrl: string
}
export function startPostgres(options: {
  home: string
  settings?: Record<string, string>
  log?: (line: string) => void
}): Promise<EmbeddedPostgres>
export function stopPostgres(options: { home: string }): Promise<boolean>
