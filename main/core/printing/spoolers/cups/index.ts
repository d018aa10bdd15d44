export { createCupsSpooler } from './cupsSpooler.ts';
