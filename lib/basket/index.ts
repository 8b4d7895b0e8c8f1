export { correlate } from './correlation/correlate'
export { addToBasket, getBasket, removeFromBasket, replaceBasket } from './keep-basket'
export { lookInto } from './look-into'
