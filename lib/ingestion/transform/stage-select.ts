import { convertJson } from '@/lib/core/feature-type'
import { parseJson } from '@/lib/core/json'
import { type InputRelation, offlineStore, type WrittenFile } from '@/lib/offline'
import type { OnlineRow } from '@/lib/online'
import { linesOf } from '../decode/lines'
import { keepsOut } from '../door/door'
import { addEngineFaults, type FaultLog, faultLog, listedErrors } from '../faults'
import { mostRowsInTransaction } from '../newest-rows'
import { rowFault } from '../row-fault'
import type { StageOptions } from '../stage-options'
import { stageSource } from '../stage-source'
import type { StagedBatch } from '../staged-batch'
import { removeFile, stagingPath } from '../staging'
import { contractCondition, identifier } from './contract-condition'

interface Select {
  sql: string
  inputs: InputRelation[]
  /** Whether the newest row of each key is wanted for the online store. */
  online: boolean
}

async function write({ plan, bounds, signal }: StageOptions, select: Omit<Select, 'online'>) {
  return offlineStore().write(
    {
      source: { kind: 'select', ...select },
      schema: plan.schema,
      destination: await stagingPath('parquet'),
      mode: 'strict',
      unknown: 'refuse',
      latestMicros: bounds.latestMicros,
      maximumFaults: listedErrors,
    },
    signal,
  )
}

/** Looks exactly at the rows of a written file that may break a contract. */
async function checkSuspects(
  { plan, signal }: StageOptions,
  suspects: WrittenFile,
  log: FaultLog,
): Promise<void> {
  const checked = plan.columns.filter((column) => column.check && !column.derived)
  const history = {
    schema: plan.schema,
    files: [{ path: suspects.path, commit: 'staged', createdMicros: 0n }],
  }
  const answer = offlineStore().range({
    history,
    features: checked.map(({ name }) => name),
    startMicros: null,
    endMicros: null,
    latest: false,
    knownAtMicros: null,
    systemColumns: false,
    limit: null,
  })
  const utf8 = new TextDecoder()
  let number = 0
  for await (const lines of linesOf(await answer.open('ndjson', { signal }))) {
    for (const line of lines) {
      if (line.length === 0) continue
      number++
      // The engine writes one object a line.
      const row = parseJson(utf8.decode(line)) as Record<string, unknown>
      const faults = checked.flatMap(({ name, type, check }) => {
        const converted = convertJson(type, row[name])
        const fault = converted.ok && check ? check(converted.value) : null
        const identity = Object.values(row)
          .slice(0, plan.keyCount + 1)
          .join(', ')
        return fault
          ? [rowFault(number, name, row[name], fault.rule, `\`${name}\` of ${identity} ${fault.reason}.`)]
          : []
      })
      if (faults.length > 0) log.add(number, faults, () => row)
    }
  }
}

async function checkContracts(options: StageOptions, file: WrittenFile, log: FaultLog): Promise<void> {
  const condition = contractCondition(options.plan)
  if (condition === null) return
  const stored = options.plan.columns
    .filter(({ role }) => role !== 'input')
    .map(({ name }) => identifier(name))
  const { file: suspects } = await write(options, {
    sql: `select ${stored.join(', ')} from written where ${condition}`,
    inputs: [{ name: 'written', path: file.path, format: 'parquet' }],
  })
  if (!suspects) return
  try {
    await checkSuspects(options, suspects, log)
  } finally {
    await removeFile(suspects.path)
  }
}

/** The newest row of each key; null when there are too many keys for one transaction. */
async function newestOf({ plan, signal }: StageOptions, { path }: WrittenFile): Promise<OnlineRow[] | null> {
  const newest: OnlineRow[] = []
  for await (const batch of offlineStore().latestPerKey(path, plan.schema, signal)) {
    for (const { entityKey, eventTime, deleted, values } of batch) {
      newest.push({ entityKey, eventTime, deleted, v: values ?? '' })
    }
    if (newest.length > mostRowsInTransaction) return null
  }
  return newest
}

/** Uniqueness, the share of nulls and what several columns say are seen by looking at every row. */
const needsEveryRow = ({ plan }: StageOptions) =>
  keepsOut(plan.door) ||
  plan.columns.some(({ contract }) => contract?.unique === true || contract?.max_null_share !== undefined)

/** Runs a SELECT and stages its rows as one history file, checked as those of a user's file are. */
export async function stageSelect(
  options: StageOptions,
  { sql, inputs, online }: Select,
): Promise<StagedBatch> {
  if (needsEveryRow(options))
    return stageSource({ ...options, unknown: 'refuse' }, { kind: 'select', sql, inputs })
  const log = faultLog('strict')
  const { file, faults, rejectedRows } = await write(options, { sql, inputs })
  // Nothing of a SELECT is kept in quarantine.
  await addEngineFaults(log, faults, rejectedRows, async () => new Map())
  const nothing: StagedBatch = { log, present: [], future: [], newest: [], due: [] }
  if (!file) return nothing
  let kept = false
  try {
    await checkContracts(options, file, log)
    if (log.badRows > 0) return nothing
    const newest = online ? await newestOf(options, file) : []
    kept = true
    return { ...nothing, present: [file], newest }
  } finally {
    if (!kept) await removeFile(file.path)
  }
}
