import { and, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db, type Executor, withTransaction } from '@/db/client'
import { people } from '@/db/schema'
import { clockNow } from '@/lib/core/clock'
import { DomainError } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import { toDate } from './instants'
import { hashPassword, verifyPassword } from './passwords'
import { recordSignIn } from './record-sign-in'
import { type OpenSession, openSession, type SignInPlace } from './sessions'
import { useUpSignInLink } from './sign-in-links'

const freeTries = 5
const firstLockSeconds = 30
const longestLockSeconds = 3600

const storable = (text: string) => !text.includes('\u0000')
const passwordSchema = z
  .string()
  .min(12, 'needs at least 12 characters')
  .max(500, 'holds at most 500 characters')
  .refine(storable, 'holds U+0000')

const credentials = z.object({
  email: z.string().trim().max(320).refine(storable),
  password: z.string().max(500),
})

/** One answer for every reason: it tells nobody which accounts exist or are locked. */
const refusal = () =>
  new DomainError(
    'unauthenticated',
    'Email and password do not fit, or there were too many tries. Wait a while, or ask for a sign-in link.',
  )

/** Each try costs 32 MiB and a thread: a flood is turned away before it can starve the reads of others. */
const mostTriesAtOnce = 8
let triesRunning = 0

async function fitsPassword(password: string, hash: string | null): Promise<boolean> {
  if (triesRunning >= mostTriesAtOnce) {
    throw new DomainError('rate_limited', 'Many people are signing in. Try again in a moment.', {
      retryAfterSeconds: 1,
    })
  }
  triesRunning += 1
  try {
    return await verifyPassword(password, hash)
  } finally {
    triesRunning -= 1
  }
}

async function findPerson(email: string) {
  const [row] = await db()
    .select()
    .from(people)
    .where(and(eq(sql`lower(${people.email})`, email.toLowerCase()), isNull(people.disabledAt)))
  return row
}

/** Counts a failure; from the fifth on the account rests, twice as long each time, at most an hour. */
async function noteFailure(person: { id: string; name: string }, place: SignInPlace): Promise<void> {
  const { now, address } = place
  const failed = sql`${people.failedSignIns} + 1`
  const seconds = sql`least(${longestLockSeconds}, ${firstLockSeconds} * power(2, least(20, ${failed} - ${freeTries})))`
  const at = sql`${now.toISOString()}::timestamptz`
  await withTransaction(async (tx) => {
    const [after] = await tx
      .update(people)
      .set({
        failedSignIns: failed,
        lockedUntil: sql`case when ${failed} >= ${freeTries} then ${at} + make_interval(secs => ${seconds}) end`,
      })
      .where(eq(people.id, person.id))
      .returning({ failed_sign_ins: people.failedSignIns, locked_until: people.lockedUntil })
    if (after?.locked_until == null) return
    const reason = 'The account rests after failed sign-ins.'
    await recordSignIn(tx, { person, reason, now: clockNow(), address, after }, null)
  })
}

const clearFailures = (tx: Executor, personId: string) =>
  tx.update(people).set({ failedSignIns: 0, lockedUntil: null }).where(eq(people.id, personId))

async function openRecorded(
  tx: Executor,
  person: { id: string; name: string; email: string },
  place: SignInPlace,
  reason: string,
): Promise<OpenSession> {
  const session = await openSession(tx, person, place)
  const { id, name } = person
  await recordSignIn(
    tx,
    { person: { id, name }, reason, now: clockNow(), address: place.address, after: { session: session.id } },
    session.id,
  )
  return session
}

/** Opens a session for a local account. Errors: `unauthenticated`, the same for every reason; `invalid`. */
export async function signInWithPassword(input: unknown, place: SignInPlace): Promise<OpenSession> {
  const { email, password } = parseInput(credentials, input)
  const person = await findPerson(email)
  const isLocked = person?.lockedUntil != null && toDate(person.lockedUntil) > place.now
  const fits = await fitsPassword(password, person?.passwordHash ?? null)
  if (!person || isLocked) throw refusal()
  if (!fits) {
    await noteFailure(person, place)
    throw refusal()
  }
  return withTransaction(async (tx) => {
    await clearFailures(tx, person.id)
    return openRecorded(tx, person, place, 'Signed in by password.')
  })
}

const linkInput = z.object({ token: z.string().max(200), password: passwordSchema.optional() })

/**
 * Opens a session for the person whom a one-time link names, and sets their password when one is given.
 * Errors: `unauthenticated` when the link is unknown, used or older than a day; `invalid` for the password.
 */
export async function signInWithLink(input: unknown, place: SignInPlace): Promise<OpenSession> {
  const { token, password } = parseInput(linkInput, input)
  const passwordHash = password === undefined ? undefined : await hashPassword(password)
  return withTransaction(async (tx) => {
    const personId = await useUpSignInLink(tx, token, place.now)
    const [person] = personId
      ? await tx
          .select()
          .from(people)
          .where(and(eq(people.id, personId), isNull(people.disabledAt)))
      : []
    if (!person) {
      throw new DomainError('unauthenticated', 'This link was used already or is too old. Ask for a new one.')
    }
    await clearFailures(tx, person.id)
    if (passwordHash !== undefined) {
      await tx.update(people).set({ passwordHash }).where(eq(people.id, person.id))
    }
    const done = passwordHash === undefined ? '' : ' and set a password'
    return openRecorded(tx, person, place, `Used a sign-in link${done}.`)
  })
}
