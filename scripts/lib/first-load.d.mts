export interface FirstLoad {
  page: string
  bytes: number
}
export function firstLoads(folder?: string): FirstLoad[]
export function checkFirstLoads(loads: readonly FirstLoad[], limit?: number): string
