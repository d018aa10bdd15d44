/** What a person can act on: a sentence, and the command that mends it. */
export class Problem extends Error {
  constructor(message, mend, options) {
    super(message, options);
    this.mend = mend;
  }
}
