import { type EngineProcess, startEngine } from '@/lib/offline'
import { bundlePath } from '@/scripts/lib/bundle.mjs'

/** The real engine process for this test file, on the file's own home. Call it in beforeAll, `stop` in afterAll. */
export const startEngineForTests = (): Promise<EngineProcess> => startEngine({ bundle: bundlePath('engine') })
