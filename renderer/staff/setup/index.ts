// The first-run wizard: what a new booth has to know before it can serve a guest. Core keeps how far it has come.
export { Setup } from './Setup.tsx';
