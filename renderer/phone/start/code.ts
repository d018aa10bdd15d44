import { lettersOf } from '../codeText.ts';

/** So many characters has a code of the kiosk: more, where it opens a gallery in the cloud as well. */
export const codeLengths = [8, 12] as const;

/** As far as a code goes of what was typed. */
export const codeOf = (typed: string): string => lettersOf(typed).slice(0, Math.max(...codeLengths));
