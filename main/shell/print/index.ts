// Printing with what the system has, through Electron, which prints from its main process alone: core says what, and hears what became of it.
export { createPrintDesk } from './printDesk.ts';
export type { PrintDesk } from './printDesk.ts';
