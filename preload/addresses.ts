// Where a window finds things: everything comes from our own scheme, and from one origin.

export const scheme = 'findme';
export const origin = `${scheme}://app`;

/** A derivative of a photo: `thumbnail` for mosaics (longer side 720 px), `screen` to be looked at (2,048 px). */
export type DerivativeSize = 'thumbnail' | 'screen';

/** The address of a photo's picture. Knowing a photo's hash is what gives access to it. */
export const photoUrl = ({ sha256 }: { sha256: string }, size: DerivativeSize): string =>
  `${origin}/photos/${size}/${sha256}.jpg`;

/** The address of a picture of the event's own: its logo, its attract pictures. */
export const brandingUrl = (name: 'logo' | `attract-${number}`): string => `${origin}/branding/${name}`;
