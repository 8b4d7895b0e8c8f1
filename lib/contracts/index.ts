export { type Breach, type BreachPlace, closeBreaches, keepBreaches, termOf } from './breaches'
export {
  type BrokenOnDay,
  brokenByDay,
  type ContractedPlace,
  closeWindows,
  contractedPlaces,
  judgedByVersion,
  judgedDays,
  openWindowDays,
  saveDay,
  versionsUnderContract,
} from './days'
export { acceptExpectation, declineExpectation, stateExpectation } from './decide-expectation'
export { contractVersion, getContract, listContractVersions } from './get-contract'
export { type ContractRow, contractInForce } from './in-force'
export { breachesCsv, listBreaches, namesHidden } from './list-breaches'
export { contractsCsv, listContracts } from './list-contracts'
export { exportOdcs, importOdcs } from './odcs/use-odcs'
export { brokenGroupsOfTeams } from './open-breaches'
export { proposeContract } from './propose-contract'
export { names as namesAny } from './serialize'
export { signContract, withdrawContract } from './sign-contract'
