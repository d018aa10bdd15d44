/** What the page's address opens: a guest's gallery, or nothing by itself. */
export type CloudPage = { at: 'link'; days: number; token: string } | { at: 'code' };

/** Of what follows `#` (galleryFragment); whoever comes without a link has a code. */
export const pageOf = ({ hash }: Pick<Location, 'hash'>): CloudPage => {
  const found = /^#([1-9]\d{0,4})\.([\w-]{22})$/.exec(hash);
  return found === null ? { at: 'code' } : { at: 'link', days: Number(found[1]), token: found[2] };
};
