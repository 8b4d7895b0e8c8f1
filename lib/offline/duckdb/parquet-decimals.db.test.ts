import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bundlePath } from '@/scripts/lib/bundle.mjs'
import { type EngineProcess, startEngine } from '../engine-supervisor'
import { stagingPath } from './select-source'
import { openSource } from './source'

let engine: EngineProcess
beforeAll(async () => {
  engine = await startEngine({ bundle: bundlePath('engine') })
})
afterAll(() => engine.stop())

it('decimals of more digits than can be read are refused, in lists too, and others are not', async () => {
  const path = await stagingPath('parquet')
  await copyFile(join(import.meta.dirname, 'testing', 'decimal256.parquet'), path)
  await expect(openSource(path, 'parquet')).rejects.toMatchObject({
    code: 'invalid',
    details: {
      errors: [
        { column: 'amount', code: 'precision', reason: expect.stringContaining('of 40 digits') },
        { column: 'amounts', code: 'precision', reason: expect.stringContaining('of 50 digits') },
      ],
    },
  })
})
