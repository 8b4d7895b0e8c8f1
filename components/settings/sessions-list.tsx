import { Time } from '@/components/ui/time'
import type { SessionResource } from '@/lib/identity/operations'
import { deviceWords } from './device-words'
import { EndSession } from './end-session'

function SessionLine({ session }: { session: SessionResource }) {
  const device = deviceWords(session.user_agent)
  return (
    <li className="flex min-h-12 items-center justify-between gap-3 border-b py-2">
      <span className="flex min-w-0 flex-col" title={session.user_agent ?? undefined}>
        <span className="truncate">
          {device}
          {session.current ? <span className="text-muted"> · this one</span> : null}
        </span>
        <span className="text-12 text-muted">
          {session.address ?? 'address unknown'} · last seen <Time at={session.last_seen_at} relative /> ·
          since <Time at={session.created_at} precision="day" />
        </span>
      </span>
      {session.current ? null : (
        <EndSession ids={[session.id]} label={`End the session of ${device}`}>
          End
        </EndSession>
      )}
    </li>
  )
}

/** Browsers in which somebody is signed in; each can be signed out from here, but the one that asks. */
export function SessionsList({ sessions }: { sessions: readonly SessionResource[] }) {
  const others = sessions.filter(({ current }) => !current)
  if (sessions.length === 0) return <p className="text-muted">Signed in nowhere.</p>
  return (
    <div className="flex flex-col gap-3">
      <ul className="border-t">
        {sessions.map((session) => (
          <SessionLine key={session.id} session={session} />
        ))}
      </ul>
      {others.length > 1 ? (
        <div className="self-start">
          <EndSession ids={others.map(({ id }) => id)} label={`End ${others.length} sessions`}>
            {others.length === sessions.length ? 'End all of them' : 'End all others'}
          </EndSession>
        </div>
      ) : null}
    </div>
  )
}
