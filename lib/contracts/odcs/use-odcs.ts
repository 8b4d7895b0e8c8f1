import { isDeepStrictEqual } from 'node:util'
import { type Alias, type Document, LineCounter, type Node, parseDocument, visit } from 'yaml'
import type { FeatureContract } from '@/db/schema'
import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { DomainError, invalid } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import { yamlText } from '@/lib/core/yaml-text'
import { authorizeWhereItStands, getFeatureGroup, getVersion } from '@/lib/registry'
import { compareContracts, overallChange, type Promised } from '../compare-terms'
import { type ContractedVersion, contractedVersion } from '../contracted-version'
import type { ContractInput } from '../get-contract'
import { type ContractRow, contractInForce } from '../in-force'
import { type ImportMode, importModes, importOdcsInput } from '../inputs'
import { mergeTerms } from '../merge-terms'
import type { OdcsImportResource } from '../operations'
import { proposeContract, requireKeepable } from '../propose-contract'
import { contractsOf } from '../queries'
import { readable } from '../serialize'
import { contractTextsSchema, groupTermsSchema } from '../terms'
import { isObject } from './document'
import { graft } from './graft'
import { type ReadContract, readOdcs } from './read'
import { type DescribedVersion, type Json, writeOdcs } from './write'

/** The version as the caller may see it. */
async function describedVersion(
  ctx: Context,
  { group, major, facts }: ContractedVersion,
): Promise<DescribedVersion> {
  const [head, version] = await Promise.all([getFeatureGroup(ctx, group), getVersion(ctx, group, major)])
  return {
    group,
    major,
    team: facts.team ?? '',
    description: head.description,
    domain: head.domain,
    tags: head.tags,
    lifecycle: version.state,
    ttl: version.ttl,
    online: version.online,
    keys: version.keys,
    timestampKey: version.timestamp_key,
    features: version.features.map((feature) => ({
      name: feature.name,
      type: feature.type,
      description: feature.description,
      classification: feature.classification ?? head.classification,
      tags: feature.tags,
      contract: feature.contract,
    })),
  }
}

const nothing: Promised = { terms: {}, texts: {} }

const stated = (contract: ContractRow | null): Promised =>
  contract ? { terms: contract.terms, texts: contract.texts } : nothing

/** A document that was imported comes back as it was, while it says what holds; else ours is written anew, and the rest joins it. */
function documentOf(described: DescribedVersion, promised: Promised, contract: ContractRow | null): Json {
  const written = writeOdcs(described, promised, contract?.number ?? 0)
  const kept = contract?.document
  if (!kept) return written
  const { terms, texts, features, rest } = readOdcs(kept, described)
  const same =
    isDeepStrictEqual({ terms, texts }, promised) &&
    described.features.every(({ name, contract: own }) =>
      isDeepStrictEqual(features.get(name) ?? {}, own ?? {}),
    )
  return same ? kept : graft(written, kept, rest)
}

/** The contract in force as YAML of the Open Data Contract Standard. Errors: `not_found`, masked. */
export async function exportOdcs(ctx: Context, input: ContractInput): Promise<string> {
  const version = await contractedVersion(ctx, input.group, input.version)
  const contract = await contractInForce(version, ctx.now())
  const described = await describedVersion(ctx, version)
  const isWhole = version.hidden.length === 0
  const promised = readable(stated(contract), version.hidden)
  // What was kept of a document may name what is hidden from this reader.
  return yamlText(
    documentOf(described, promised, isWhole ? contract : contract && { ...contract, document: null }),
  )
}

interface Parsed {
  root: Json
  /** From 1; null where it is not known. */
  lineOf: (pointer: string) => number | null
}

const notParseable = ({ line, col }: { line: number; col: number }, reason: string) =>
  invalid(`Line ${line}, column ${col}: ${reason}`, [
    { pointer: '/document', reason: `line ${line}, column ${col}: ${reason}`, code: 'not_parseable' },
  ])

/** The alias that leads nowhere, else the last one, which unfolds most. */
function faultyAlias(document: Document): Alias | undefined {
  const aliases: Alias[] = []
  visit(document, {
    Alias: (_, alias) => {
      aliases.push(alias)
    },
  })
  return aliases.find((alias) => alias.resolve(document) === undefined) ?? aliases.at(-1)
}

/** The values of a document. Throws `invalid` where an alias leads nowhere, or unfolds without end. */
function valuesOf(document: Document, lines: LineCounter): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    const place = lines.linePos(faultyAlias(document)?.range?.[0] ?? 0)
    throw notParseable(place, error instanceof Error ? error.message : String(error))
  }
}

/** Throws `invalid` naming the line. */
function parsed(text: string): Parsed {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const [fault] = document.errors
  if (fault) throw notParseable(lines.linePos(fault.pos[0]), fault.message)
  const root = valuesOf(document, lines)
  if (!isObject(root) || root.kind !== 'DataContract')
    throw invalid('It is no document of the Open Data Contract Standard: `kind: DataContract` is missing.', [
      { pointer: '/document', reason: 'line 1: `kind: DataContract` is missing', code: 'invalid' },
    ])
  if (typeof root.apiVersion !== 'string' || !/^v3\./.test(root.apiVersion))
    throw invalid('Only version 3 of the standard is read (`apiVersion: v3.…`).', [
      { pointer: '/document', reason: `apiVersion is ${String(root.apiVersion)}`, code: 'invalid' },
    ])
  const lineOf = (pointer: string) => {
    const path = pointer
      .split('/')
      .slice(1)
      .map((part) => (/^\d+$/.test(part) ? Number(part) : part))
    const node = document.getIn(path, true) as Node | undefined
    return node?.range ? lines.linePos(node.range[0]).line : null
  }
  return { root, lineOf }
}

const shown = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value))

/** Where the document promises of a feature what its version does not: a new version of the group takes that in. */
function featureDifferences(
  { features }: DescribedVersion,
  read: ReadContract,
  mode: ImportMode,
): OdcsImportResource['features'] {
  return features.flatMap(({ name, contract }) => {
    const asked = read.features.get(name)
    if (!asked) return []
    const own: FeatureContract = contract ?? {}
    const terms = [...new Set([...Object.keys(own), ...Object.keys(asked)])]
    return terms.flatMap((term) => {
      const [now, then] = [Reflect.get(own, term), Reflect.get(asked, term)]
      const stays = then === undefined && mode === 'merge'
      return stays || isDeepStrictEqual(now, then)
        ? []
        : [{ feature: name, term, now: shown(now), document: shown(then) }]
    })
  })
}

const reasons: [RegExp, string][] = [
  [/^\/servers/, 'where data lies elsewhere is not read'],
  [/\/quality(\/|$)/, 'a rule that is not enforced here'],
  [/^\/schema\/\d+\/properties\/\d+$/, 'no feature of this version has this name'],
  [/^\/slaProperties/, 'a service level that is not judged here'],
]

const reasonOf = (pointer: string): string =>
  reasons.find(([pattern]) => pattern.test(pointer))?.[1] ?? 'no term stands for it'

/** What the contract would promise. Terms of one name are the document's; what it leaves out stays in a merge. */
const promisedBy = (mode: ImportMode, inForce: Promised, read: Promised): Promised =>
  mode === 'merge'
    ? { terms: mergeTerms(inForce.terms, read.terms), texts: { ...inForce.texts, ...read.texts } }
    : read

/** What a document would come to, one of the ways to take it. */
function outcomeOf(mode: ImportMode, inForce: ContractRow | null, read: Promised) {
  const promised = promisedBy(mode, stated(inForce), read)
  const changes = compareContracts(stated(inForce), promised)
  const change = inForce ? overallChange(changes) : ('first' as const)
  return { mode, promised, change, changes, refused: inForce && refusalOf(mode, inForce, changes.length) }
}

function refusalOf(mode: ImportMode, { number }: ContractRow, changes: number): string | null {
  if (mode === 'create') return `Contract ${number} is in force already: merge into it, or replace it.`
  return changes === 0 ? `Contract ${number} says the same already.` : null
}

/**
 * Reads a document of the standard for a version: what it would change, and what of it is kept without being enforced.
 * With `apply` it is proposed as the next contract. Nothing of it is executed. Errors: forbidden, not_found, invalid
 * naming the line.
 */
export async function importOdcs(ctx: Context, group: string, body: unknown): Promise<OdcsImportResource> {
  await authorizeAtAll(ctx, 'group:update')
  const input = parseInput(importOdcsInput, body)
  const version = await contractedVersion(ctx, group, input.version)
  await authorizeWhereItStands(ctx, 'group:update', version.facts)
  const { root, lineOf } = parsed(input.document)
  const described = await describedVersion(ctx, version)
  const read = readOdcs(root, described)
  const terms = parseInput(groupTermsSchema, read.terms, '/document')
  const texts = parseInput(contractTextsSchema, read.texts, '/document')
  requireKeepable(terms, version)
  const inForce = await contractInForce(version, ctx.now())
  const outcome = outcomeOf(input.mode, inForce, { terms, texts })
  if (input.apply && outcome.refused !== null) throw new DomainError('conflict', outcome.refused)
  const { promised } = outcome
  const [newest] = await contractsOf(version)
  const proposed = input.apply
    ? await proposeContract(
        ctx,
        group,
        {
          version: version.major,
          follows: newest?.number ?? 0,
          terms: promised.terms,
          ...promised.texts,
          reason: input.reason ?? 'Imported from a document.',
        },
        root,
      )
    : null
  return {
    group,
    version: version.major,
    terms: promised.terms,
    ...promised.texts,
    mode: input.mode,
    change: outcome.change,
    changes: outcome.changes,
    modes: importModes.map((mode) => {
      const { change, changes, refused } = outcomeOf(mode, inForce, { terms, texts })
      return { mode, change, changes, refused }
    }),
    features: featureDifferences(described, read, input.mode),
    not_enforced: read.rest.map((path) => ({ path, line: lineOf(path), reason: reasonOf(path) })),
    contract: proposed?.number ?? null,
  }
}
