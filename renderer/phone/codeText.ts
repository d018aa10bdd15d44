/** What a guest has typed as a code: large letters and figures, without what only helps the eye. */
export const lettersOf = (typed: string): string => typed.toUpperCase().replace(/[^0-9A-Z]/g, '');
