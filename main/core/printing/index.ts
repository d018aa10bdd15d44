// Prints: what a sheet looks like, what is to be printed, and the way of each sheet to a printer, as states in the store. The spooler prints; which it is,
// only its own folder knows.
export { createPrinting } from './printing.ts';
export type { PrintHouse, Printing } from './printing.ts';
export { printsDirOf } from './pages.ts';
export { createSpooler } from './spoolers/index.ts';
export { templatesDirOf } from './templates/index.ts';
