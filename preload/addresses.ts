import type { z } from 'zod';
import type { derivativeSizeSchema } from './boothContract.ts';

// Where a window finds things: everything comes from our own scheme, and from one origin.

export const scheme = 'findme';
export const host = 'app';
export const origin = `${scheme}://${host}`;

/** A derivative of a photo: `thumbnail` for mosaics, `screen` to be looked at. */
export type DerivativeSize = z.infer<typeof derivativeSizeSchema>;

/** The address of a photo's picture. Knowing a photo's hash is what gives access to it. */
export const photoUrl = ({ sha256 }: { sha256: string }, size: DerivativeSize): string =>
  `${origin}/photos/${size}/${sha256}.jpg`;

/** The address of a sheet's picture, which is what is printed. */
export const pageUrl = ({ id }: { id: string }): string => `${origin}/prints/${id}.jpg`;

/** The address of a picture of an event's own: its logo, its attract pictures. @param file as the event's settings name it */
export const brandingUrl = (file: string): string => `${origin}/branding/${file}`;
