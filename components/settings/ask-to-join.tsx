'use client'
import { ReasonDialog } from '@/components/ownership/reason-dialog'

/** For who is no member: asks the team's maintainers. */
export const AskToJoin = ({ team }: { team: string }) => (
  <ReasonDialog
    label="Ask to join…"
    action="Ask"
    name={team}
    title={`Ask to join team ${team}`}
    effect="Its maintainers are told, and you hear what they decide."
    path={`/api/v1/teams/${encodeURIComponent(team)}/join-requests`}
    needsReason
  />
)
