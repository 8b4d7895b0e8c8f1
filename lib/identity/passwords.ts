import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'

/** 32 MiB and some 60 ms a try. */
const costLog2 = 15
const blockSize = 8
const parallelization = 1
const hashBytes = 32

const derive = (password: string, salt: Buffer, options: ScryptOptions) =>
  new Promise<Buffer>((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, hashBytes, { maxmem: 2 ** 27, ...options }, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })

/** `scrypt$log2(N)$r$p$salt$hash`, the last two in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, { N: 2 ** costLog2, r: blockSize, p: parallelization })
  const texts = [salt, key].map((bytes) => bytes.toString('base64url'))
  return ['scrypt', costLog2, blockSize, parallelization, ...texts].join('$')
}

const stored = /^scrypt\$(\d{1,2})\$(\d{1,2})\$(\d{1,2})\$([\w-]+)\$([\w-]+)$/

/** Nobody's password: verifying against it takes as long as against anybody's. */
const nobodys = `scrypt$${costLog2}$${blockSize}$${parallelization}$${'A'.repeat(22)}$${'A'.repeat(43)}`

/** False for a null hash too, after the same work: the time taken does not tell whether an account exists. */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const [, log2, r, p, salt, expected] = stored.exec(hash ?? nobodys) ?? []
  if (salt === undefined || expected === undefined) return false
  const key = await derive(password, Buffer.from(salt, 'base64url'), {
    N: 2 ** Number(log2),
    r: Number(r),
    p: Number(p),
  })
  const wanted = Buffer.from(expected, 'base64url')
  return wanted.length === key.length && timingSafeEqual(wanted, key) && hash !== null
}
