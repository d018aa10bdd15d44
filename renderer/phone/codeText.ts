/** A code as it is printed: in groups of four. */
export const inGroups = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1 ');

/** What a guest has typed as a code: large letters and figures, without what only helps the eye. */
export const lettersOf = (typed: string): string => typed.toUpperCase().replace(/[^0-9A-Z]/g, '');
