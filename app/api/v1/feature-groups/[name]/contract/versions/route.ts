import { listContractVersions, proposeContract } from '@/lib/contracts'
import { listContractVersionsOperation, proposeContractOperation } from '@/lib/contracts/operations'
import { created, defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listContractVersionsOperation, (ctx, { params, query }) =>
    listContractVersions(ctx, { group: params.name, version: query.version }),
  ),
  route(proposeContractOperation, async (ctx, { params, body }) => {
    const contract = await proposeContract(ctx, params.name, await body())
    const path = `/api/v1/feature-groups/${params.name}/contract/versions/${contract.number}`
    return created(`${path}?version=${contract.version}`, contract)
  }),
)
