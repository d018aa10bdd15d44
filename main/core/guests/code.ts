import { randomBytes } from 'node:crypto';

// Douglas Crockford's base 32: no letter that could be taken for a figure, or for a word.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
// 40 bits. Each try costs a key derivation (seal.ts).
const length = 8;

/** A new code for a guest, 8 characters, each equally likely. */
export const newCode = (): string => [...randomBytes(length)].map((byte) => alphabet[byte % alphabet.length]).join('');

const pattern = new RegExp(`^[${alphabet}]{${String(length)}}$`);

/** The code that somebody meant by what was typed: small letters, spaces, hyphens, O for 0, I and L for 1. @returns undefined for what is none */
export function codeOf(typed: string): string | undefined {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  return pattern.test(code) ? code : undefined;
}

/** A new token for a guest's link: 128 bits, base64url. */
export const newToken = (): string => randomBytes(16).toString('base64url');
