import 'react';

// CSS variables are given to elements by React's style, which the page's policy allows.
declare module 'react' {
  interface CSSProperties {
    [variable: `--${string}`]: string | number | undefined;
  }
}
