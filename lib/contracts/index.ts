export { type Breach, type BreachPlace, closeBreaches, keepBreaches } from './breaches'
export { type ContractInput, getContract, listContractVersions } from './get-contract'
export { type ContractRow, contractInForce } from './in-force'
export { proposeContract } from './propose-contract'
