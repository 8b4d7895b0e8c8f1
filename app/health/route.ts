export { DELETE, GET, PATCH, POST, PUT } from '../api/v1/health/route'
