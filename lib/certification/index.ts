export { certifyAsset, getCertification, revokeCertification } from './certify'
