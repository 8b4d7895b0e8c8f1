export { buildDataset } from './build-dataset'
export { builderChoices } from './builder-choices'
export { changeDatasetOwner, datasetFactsOf } from './change-owner'
export { compareDatasetVersions } from './compare-versions'
export { createTrainingDataset } from './create-dataset'
export { datasetReaders } from './dataset-readers'
export { datasetRefusals } from './dataset-refusals'
export { deleteDatasetFiles } from './delete-files'
export { previewTrainingDataset } from './preview-dataset'
export {
  getCertificate,
  getDatasetStatistics,
  getDatasetVersion,
  getTrainingDataset,
  listTrainingDatasets,
} from './read-datasets'
export { readDatasetFile } from './read-file'
export { getDatasetRows } from './read-rows'
export { recreateTrainingDataset, runRecreation } from './recreate-dataset'
export { openKeptSpine } from './spine/kept-spine'
export { deleteSpine, uploadSpine } from './spine/uploads'
export { runVerification, verifyTrainingDataset } from './verify-dataset'
