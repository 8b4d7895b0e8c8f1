import { mkdir, rm } from 'node:fs/promises'
import { eq, max } from 'drizzle-orm'
import { type Transaction, withTransaction } from '@/db/client'
import { trainingDatasets, trainingDatasetVersions } from '@/db/schema'
import { authorize, authorizeAtAll, record } from '@/lib/audit'
import { type Classification, classifications, type Decision } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { formatTimestamp } from '@/lib/core/feature-type'
import { newId } from '@/lib/core/ids'
import { parseInput } from '@/lib/core/parse-input'
import { enqueue } from '@/lib/queue'
import { ownerTeam } from '@/lib/registry'
import { writeDatasetDocument } from './document'
import { versionFolder } from './folders'
import { createInput } from './inputs'
import { partsOf, prepare } from './prepare'
import { type DatasetRow, datasetFacts, findDataset } from './queries'
import type { BuildResource } from './resources'
import { authorizeChange } from './rights'
import { resolveSelection, specOf } from './selection'
import { keepSpine } from './spine/spine-source'
import type { DatasetPart } from './types'

const strictest = (all: readonly Classification[]): Classification =>
  classifications[Math.max(0, ...all.map((one) => classifications.indexOf(one)))] ?? 'restricted'

/** The strictest class among the columns that values come from. */
const classificationOf = (parts: readonly DatasetPart[]): Classification =>
  strictest(parts.flatMap(({ columns }) => columns.map(({ classification }) => classification)))

type NewDataset = typeof trainingDatasets.$inferInsert

/** The dataset's row, held until the version is in it: made when there is none. */
async function holdDataset(tx: Transaction, wanted: NewDataset): Promise<{ id: string; next: number }> {
  await tx.insert(trainingDatasets).values(wanted).onConflictDoNothing({ target: trainingDatasets.name })
  const [row] = await tx
    .select()
    .from(trainingDatasets)
    .where(eq(trainingDatasets.name, wanted.name))
    .for('update')
  if (!row) throw new Error('A dataset that was made is not there.')
  if (row.ownerTeamId !== wanted.ownerTeamId) {
    throw new DomainError(
      'conflict',
      `A training dataset named \`${wanted.name}\` was made meanwhile by another team.`,
    )
  }
  const [last] = await tx
    .select({ version: max(trainingDatasetVersions.version) })
    .from(trainingDatasetVersions)
    .where(eq(trainingDatasetVersions.datasetId, row.id))
  await tx
    .update(trainingDatasets)
    .set({
      classification: strictest([row.classification, wanted.classification]),
      ...(wanted.description === '' ? {} : { description: wanted.description }),
      updatedAt: wanted.updatedAt,
    })
    .where(eq(trainingDatasets.id, row.id))
  return { id: row.id, next: (last?.version ?? 0) + 1 }
}

/** Whose it will be, and whether this actor may. A name that is there keeps its team. */
async function allowName(
  ctx: Context,
  { name, owner_team: asked }: { name: string; owner_team?: string | undefined },
): Promise<{ present: DatasetRow | null; teamId: string; decision: Decision }> {
  const present = await findDataset(name)
  if (present) {
    const decision = await authorizeChange(ctx, datasetFacts(present), present.dataset.createdBy)
    if (asked !== undefined && asked !== present.team) {
      throw new DomainError('conflict', `${name} belongs to team ${present.team}, as all its versions do.`, {
        errors: [{ pointer: '/owner_team', reason: `is ${present.team}`, code: 'owner_team' }],
      })
    }
    return { present, teamId: present.dataset.ownerTeamId, decision }
  }
  const team = await ownerTeam(ctx, asked)
  const decision = await authorize(ctx, 'dataset:create', {
    kind: 'dataset',
    id: name,
    name,
    teamId: team.id,
    team: team.name,
    // What the columns' groups ask for is decided for each of them.
    classification: 'internal',
    tags: [],
  })
  return { present: null, teamId: team.id, decision }
}

/**
 * Asks for a training dataset, or for the next version of one. Everything that can be refused is refused now: names,
 * rights, types, rows of the spine. The rows are joined by a job. Errors: forbidden, not_found, conflict
 * (deprecated, another team's name), gone, invalid naming the member, row and column.
 */
export async function createTrainingDataset(
  asker: Context,
  body: unknown,
  options: { sample?: boolean; keep?: (tx: Transaction, build: BuildResource) => Promise<void> } = {},
): Promise<BuildResource> {
  await authorizeAtAll(asker, 'dataset:create')
  const input = parseInput(createInput, body)
  const { environment = asker.environment, purpose = asker.purpose, name } = input
  const ctx = { ...asker, environment, purpose }
  const { teamId, decision } = await allowName(ctx, input)
  const selected = await resolveSelection(ctx, input)
  const { plan, source, knownAtMicros } = selected
  const checked = await prepare(ctx, { ...selected, sample: null })
  await checked.dispose()
  const parts = await partsOf(plan, source, knownAtMicros)
  const at = ctx.now().toISOString()
  const by = { createdBy: ctx.actor.id, createdAt: at }
  return withTransaction(async (tx) => {
    const classification = classificationOf(parts)
    const dataset = {
      id: newId(),
      name,
      description: input.description ?? '',
      ownerTeamId: teamId,
      classification,
    }
    const held = await holdDataset(tx, { ...dataset, sample: options.sample ?? false, updatedAt: at, ...by })
    await writeDatasetDocument(tx, held.id, ctx.now())
    const folder = versionFolder(name, held.next)
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder, { recursive: true })
    try {
      const spec = specOf(selected, input, await keepSpine(source, folder))
      const id = newId()
      const job = await enqueue(tx, ctx, {
        kind: 'build-dataset',
        input: { version_id: id },
        title: `Build training dataset ${name}@${held.next}`,
        resource: { kind: 'dataset', name },
        environment,
      })
      await tx.insert(trainingDatasetVersions).values({
        id,
        datasetId: held.id,
        version: held.next,
        environment,
        state: 'building',
        classification,
        knownAt: formatTimestamp(knownAtMicros),
        spec: { ...spec },
        parts: parts.map((part) => ({ ...part })),
        jobId: job,
        ...by,
      })
      await record(tx, ctx, {
        action: 'dataset:create',
        resource: { kind: 'dataset', name },
        decision,
        after: { version: held.next, known_at: formatTimestamp(knownAtMicros), spec, job },
        environment,
      })
      const build = { dataset: name, version: held.next, job, state: 'building' as const }
      await options.keep?.(tx, build)
      return build
    } catch (error) {
      await rm(folder, { recursive: true, force: true })
      throw error
    }
  })
}
