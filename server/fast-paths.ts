import type { FastPath } from './fast-path'
import { onlineFastPath } from './online-fast-path'

export const fastPaths: FastPath[] = [
  {
    method: 'GET',
    path: '/health/live',
    handle: (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
      response.end('alive\n')
    },
  },
  onlineFastPath,
]
