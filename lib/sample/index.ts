export { loadSample, type SampleStep } from './load'
export { removeSample } from './remove'
export { replaySample } from './replay'
export { readState as readSampleState } from './state'
