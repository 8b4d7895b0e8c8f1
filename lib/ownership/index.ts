export { acceptTransfer, declineTransfer, withdrawTransfer } from './decide-transfer'
export { canGive, teamHoldings } from './holdings'
export { listDeserted, listTransfers } from './list-transfers'
export { proposeTransfer } from './propose-transfer'
