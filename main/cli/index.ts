// The same core without a window. An entry: run by Electron's Node (npm run cli), or by shell as a utility process (--cli).
import path from 'node:path';
import { runProgram } from './program.ts';

// Beside this file lie the other entries; the packs lie at the root.
const entriesDir = import.meta.dirname;
const modelsDir = path.resolve(entriesDir, '../../models');

const exitCode = await runProgram({ entriesDir, modelsDir }, process.argv.slice(2));
// Said to the last byte, then ended: the line to shell, for one, would keep this process alive.
process.stdout.write('', () => process.exit(exitCode));
