// `models …`: which packs there are, how one comes here, whether it is whole, and which one is used.
export { install } from './install.ts';
export { list } from './list.ts';
export { use } from './use.ts';
export { verify } from './verify.ts';
