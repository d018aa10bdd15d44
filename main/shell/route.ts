import path from 'node:path';
import { derivativeSizeSchema, host, scheme, type DerivativeSize } from '../../preload/index.ts';

/** What an address of our scheme names. */
export type Route =
  | { at: 'photo'; size: DerivativeSize; sha256: string }
  | { at: 'branding'; name: string }
  /** A sheet's picture. */
  | { at: 'print'; id: string }
  /** A file of the built windows, by its path from their folder. */
  | { at: 'page'; file: string };

const photoPath = /^\/photos\/([a-z]+)\/([0-9a-f]{64})\.jpg$/;
const brandingPath = /^\/branding\/([0-9a-f]{64}\.(?:png|jpg))$/;
const printPath = /^\/prints\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.jpg$/;
const pagePath = /^(?:\/[\w-]+(?:\.[\w-]+)*)+$/;

/** @returns what the address names, or undefined for one that names nothing of ours. Pure: whether it is there is seen by looking. */
export function routeOf(address: string): Route | undefined {
  const url = URL.parse(address);
  if (url?.protocol !== `${scheme}:` || url.host !== host || url.username !== '' || url.password !== '')
    return undefined;

  const photo = photoPath.exec(url.pathname);
  if (photo !== null) {
    const size = derivativeSizeSchema.safeParse(photo[1]);
    return size.success ? { at: 'photo', size: size.data, sha256: photo[2] } : undefined;
  }
  const branding = brandingPath.exec(url.pathname);
  if (branding !== null) return { at: 'branding', name: branding[1] };
  const print = printPath.exec(url.pathname);
  if (print !== null) return { at: 'print', id: print[1] };
  // No dot at the beginning of a name, no escape: nothing here leads out of the folder.
  return pagePath.test(url.pathname) ? { at: 'page', file: path.join(...url.pathname.split('/')) } : undefined;
}
