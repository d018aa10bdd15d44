// Photos to people: the server on the venue's network with its pages and API for phones, and the links that lead there.
export { createDelivery } from './delivery.ts';
export type { Delivery } from './delivery.ts';
export { pagesDirOf } from './pages.ts';
export type { PhoneServices } from './served.ts';
