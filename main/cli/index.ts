// The same core without a window. An entry: run by Electron's Node (npm run cli), or by shell as a utility process (--cli).
import { modelsDirOf } from '../packs/index.ts';
import { runProgram } from './program.ts';

// Beside this file lie the other entries.
const entriesDir = import.meta.dirname;

const exitCode = await runProgram({ entriesDir, modelsDir: modelsDirOf(entriesDir) }, process.argv.slice(2));
// Said to the last byte, then ended: the line to shell, for one, would keep this process alive.
process.stdout.write('', () => process.exit(exitCode));
