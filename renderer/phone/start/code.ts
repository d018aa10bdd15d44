import { lettersOf } from '../codeText.ts';

/** So many characters has a code of the kiosk. */
export const codeLength = 8;

/** As far as a code goes of what was typed. */
export const codeOf = (typed: string): string => lettersOf(typed).slice(0, codeLength);
