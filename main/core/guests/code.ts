import { randomBytes } from 'node:crypto';

// Douglas Crockford's base 32: no letter that could be taken for a figure, or for a word.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** So many characters has a code. */
export type CodeLength = 8 | 12;

/**
 * 40 bits where a code is tried here alone, and each try costs a key derivation (seal.ts). 60 where it opens a gallery in the cloud as well: whoever has the
 * bucket tries them without asking anybody ([Note: Cloud galleries]).
 */
export const codeLengthFor = (hasCloudGalleries: boolean): CodeLength => (hasCloudGalleries ? 12 : 8);

/** A new code for a guest, each character of it equally likely. */
export const newCode = (length: CodeLength = 8): string =>
  [...randomBytes(length)].map((byte) => alphabet[byte % alphabet.length]).join('');

// Of both lengths everywhere: what was given yesterday opens today.
const pattern = new RegExp(`^(?:[${alphabet}]{8}|[${alphabet}]{12})$`);

/** The code that somebody meant by what was typed: small letters, spaces, hyphens, O for 0, I and L for 1. @returns undefined for what is none */
export function codeOf(typed: string): string | undefined {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  return pattern.test(code) ? code : undefined;
}

/** A new token for a guest's link: 128 bits, base64url. */
export const newToken = (): string => randomBytes(16).toString('base64url');
