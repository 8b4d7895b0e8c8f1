import type { Metadata } from 'next'
import { NotReady } from '@/components/layout/not-ready'
import { RegisterForm } from '@/components/register/register-form'
import { RegisterHeader } from '@/components/register/register-header'
import { authorizeAtAll } from '@/lib/audit'
import { load } from '@/lib/http/page-context'
import { listTeams } from '@/lib/identity'
import { formRules, getFeatureGroup, listEntities, listSources } from '@/lib/registry'
import { listQuery } from '@/lib/registry/operations'

export const metadata: Metadata = { title: 'Register a feature group' }

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function RegisterPage({ searchParams }: Props) {
  const { environment, like } = await searchParams
  const loaded = await load(async (ctx) => {
    await authorizeAtAll(ctx, 'group:create')
    const own = ctx.actor.teams.map((membership) => membership.team)
    const isAdministrator = ctx.actor.roles.some(({ role }) => role === 'administrator')
    const teams = isAdministrator ? (await listTeams(ctx, { limit: 200 })).data.map((team) => team.name) : own
    const entities = await listEntities(ctx, listQuery.parse({ limit: 200 }))
    const sources = await listSources(ctx, listQuery.parse({ limit: 200 }))
    return {
      teams: [...new Set([...own, ...teams])],
      entities: entities.data.map((entity) => entity.name),
      environment: ctx.environment,
      rules: await formRules(ctx),
      sources: sources.data.filter(({ kind }) => kind === 'file' || kind === 'table').map(({ name }) => name),
      like: typeof like === 'string' ? await getFeatureGroup(ctx, like) : null,
    }
  }, environment)
  return (
    <>
      <RegisterHeader
        current="group"
        title="Register a feature group"
        description="Drop a file and correct what was read from it, or fill the form by hand."
      />
      {loaded.state === 'ready' ? (
        <RegisterForm key={loaded.value.like?.name ?? ''} {...loaded.value} />
      ) : (
        <NotReady loaded={loaded} what="The form" />
      )}
    </>
  )
}
