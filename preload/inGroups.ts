/** A code as it is read out and typed: in groups of four. */
export const inGroups = (code: string): string => (code.match(/.{1,4}/gs) ?? []).join(' ');
