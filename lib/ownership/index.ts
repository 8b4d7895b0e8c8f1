export { acceptTransfer, declineTransfer, withdrawTransfer } from './decide-transfer'
export { listDeserted, listTransfers } from './list-transfers'
export { proposeTransfer } from './propose-transfer'
