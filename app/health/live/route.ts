export { DELETE, GET, OPTIONS, PATCH, POST, PUT } from '../../api/v1/health/live/route'
