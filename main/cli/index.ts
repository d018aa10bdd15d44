// The same core without a window. An entry: run by Electron's Node (npm run cli), or by shell as a utility process (--cli).
import path from 'node:path';
import { hostLine } from '../processes/index.ts';
import { runProgram } from './program.ts';

// Beside this file lie the other entries; the packs lie at the root.
const entriesDir = import.meta.dirname;
const modelsDir = path.resolve(entriesDir, '../../models');

process.exitCode = await runProgram({ entriesDir, modelsDir }, process.argv.slice(2));
// The line to shell would keep this process alive.
if (hostLine() !== undefined) process.exit();
