import 'react';

// CSS variables that only these pages' elements are given; renderer/ui declares the others.
declare module 'react' {
  interface CSSProperties {
    /** Where a picture grows from, in pixels from its own middle, and how small it is there. */
    '--from-x'?: string;
    '--from-y'?: string;
    '--from-scale'?: number;
    /** How many characters a code has, with the spaces in it. */
    '--characters'?: number;
  }
}
