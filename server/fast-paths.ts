import { getFeastOnlineFeatures } from '@/lib/feast'
import { feastOnlineFeaturesOperation } from '@/lib/feast/operations'
import { feastWire } from '@/lib/http'
import { ownWire } from '@/lib/http/wire'
import { answerOnlineFeatures } from '@/lib/online'
import { readOnlineFeaturesOperation, wantsInt64AsString } from '@/lib/online/operations'
import { drainAfter } from './drain'
import type { FastPath } from './fast-path'
import { fastRead } from './fast-read'

const isAlive: FastPath = {
  method: 'GET',
  path: '/health/live',
  handle: (request, response) => {
    drainAfter(request, response)
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
    response.end('alive\n')
  },
}

export const fastPaths: FastPath[] = [
  isAlive,
  fastRead({
    operation: readOnlineFeaturesOperation,
    wire: ownWire,
    read: (ctx, body, query) => answerOnlineFeatures(ctx, body, wantsInt64AsString(query)),
  }),
  fastRead({ operation: feastOnlineFeaturesOperation, wire: feastWire, read: getFeastOnlineFeatures }),
]
