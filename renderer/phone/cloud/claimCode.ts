import { lettersOf } from '../codeText.ts';

/** So many characters has a claim code. */
export const claimCodeLength = 12;

// Douglas Crockford's base 32, in which no letter can be taken for a figure.
const pattern = new RegExp(`^[0-9A-HJKMNP-TV-Z]{${String(claimCodeLength)}}$`);

/** As far as a claim code goes of what was typed, with the figures that a few letters were meant to be. */
export const claimCodeOf = (typed: string): string =>
  lettersOf(typed).replace(/O/g, '0').replace(/[IL]/g, '1').slice(0, claimCodeLength);

/** Whether there can be such a code at all. */
export const isClaimCode = (code: string): boolean => pattern.test(code);
