export { certifyAsset, getCertification, revokeCertification } from './certify'
export { startLapses } from './lapses'
