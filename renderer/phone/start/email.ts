/** RFC 5321, 4.5.3.1.3. */
export const longestEmail = 254;

// What the server's validator takes, which a phone does not load: a browser's own check of `type="email"` lets more through.
const pattern = /^(?:[A-Za-z0-9_'+-]+\.)*[A-Za-z0-9_'+-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/;

/** Whether it is an address, as far as that shows. */
export const isEmail = (typed: string): boolean => typed.length <= longestEmail && pattern.test(typed);
