import { ok } from '../../preload/index.ts';
import type { GuestContents } from './sync/index.ts';

export const createGuestContents = (_: object): GuestContents => ({
  facts: () => ok(undefined),
  result: () => ok({}),
  gallery: () => ok({}),
});
