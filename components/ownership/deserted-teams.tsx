import { ButtonLink } from '@/components/ui/button'
import type { DesertedTeam } from '@/lib/ownership/operations'
import { OwnedAssets } from './owned-assets'

/** Teams that nobody is left in, with what has to be handed to another one. */
export function DesertedTeams({ teams }: { teams: readonly DesertedTeam[] }) {
  return (
    <ul aria-label="Teams that nobody is left in" className="border-t">
      {teams.map(({ team, owns }) => (
        <li key={team} className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 border-b py-3">
          <div className="flex min-w-0 flex-col gap-2">
            <p className="font-mono text-12">{team}</p>
            <OwnedAssets assets={owns} />
          </div>
          <ButtonLink
            size="small"
            href={`/settings/ownership/new?team=${encodeURIComponent(team)}`}
            aria-label={`Hand over what ${team} owns`}
          >
            Hand over…
          </ButtonLink>
        </li>
      ))}
    </ul>
  )
}
