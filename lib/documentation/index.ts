export {
  changeDocumentation,
  forgetDocumentation,
  getDocumentation,
  listDocumentation,
} from './documentation'
