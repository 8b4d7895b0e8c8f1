import { hash, randomBytes } from 'node:crypto'

const keyPrefix = 'alm_'
const keyPattern = /^alm_[\w-]{43}$/
const shownCharacters = 12

/** 256 random bits that nobody can guess; the start tells people and secret scanners what it is. */
export const newKeySecret = () => keyPrefix + randomBytes(32).toString('base64url')
export const newToken = () => randomBytes(32).toString('base64url')
export const looksLikeKey = (secret: string) => keyPattern.test(secret)
/** What lists show of a key, so that its owner can recognise it. */
export const shownPrefix = (secret: string) => secret.slice(0, shownCharacters)
/** Random secrets need no slow hash. Hex. */
export const digest = (secret: string) => hash('sha256', secret, 'hex')
