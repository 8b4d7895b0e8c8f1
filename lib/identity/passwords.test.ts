import { expect, test } from 'vitest'
import { hashPassword, verifyPassword } from './passwords'

test('a password verifies against its own hash alone', async () => {
  const hash = await hashPassword('correct horse battery')
  expect(hash).toMatch(/^scrypt\$15\$8\$1\$/)
  expect(await hashPassword('correct horse battery')).not.toBe(hash)
  expect(await verifyPassword('correct horse battery', hash)).toBe(true)
  expect(await verifyPassword('correct horse batterz', hash)).toBe(false)
})

test('two ways to type the same letter are the same password', async () => {
  expect(await verifyPassword('cafe\u0301 cafe\u0301', await hashPassword('caf\u00e9 caf\u00e9'))).toBe(true)
})

test('without a hash nothing fits, and neither does a broken one', async () => {
  expect(await verifyPassword('', null)).toBe(false)
  expect(await verifyPassword('x', 'scrypt$15$8$1$broken')).toBe(false)
})

test('whether an account exists does not show in the time', async () => {
  const time = async (hash: string | null) => {
    const since = performance.now()
    for (let round = 0; round < 5; round++) await verifyPassword('some password', hash)
    return performance.now() - since
  }
  const hash = await hashPassword('x')
  expect(await time(null)).toBeGreaterThan((await time(hash)) / 3)
})
