export { authenticateKey, authenticateSession } from './authenticate'
export { systemContext } from './system-context'
