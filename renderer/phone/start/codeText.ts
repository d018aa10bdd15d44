/** So many characters has a code of the kiosk. */
export const codeLength = 8;

/** What a guest has typed, as the kiosk prints it: large letters, in two groups of four. */
export const codeText = (typed: string): string => {
  const code = codeOf(typed);
  return code.length > codeLength / 2 ? `${code.slice(0, codeLength / 2)} ${code.slice(codeLength / 2)}` : code;
};

/** The same without what only helps the eye. */
export const codeOf = (typed: string): string =>
  typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .slice(0, codeLength);
