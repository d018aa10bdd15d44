/** What a person can act on: one sentence, and the command that mends it. Anything else that is thrown here is a bug. */
export class SetupError extends Error {
  /**
   * @param {string} message one sentence: what is wrong
   * @param {string} mend the command to type
   * @param {ErrorOptions} [options]
   */
  constructor(message, mend, options) {
    super(message, options);
    this.name = 'SetupError';
    this.mend = mend;
  }
}
