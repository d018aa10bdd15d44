import 'react';

// CSS variables are given to elements by React's style, which the page's policy allows. These are all there are.
declare module 'react' {
  interface CSSProperties {
    /** Width divided by height. */
    '--aspect'?: number;
    '--narrowest'?: number;
    '--widest'?: number;
    /** Place among those that come up one after the other. */
    '--order'?: number;
  }
}
