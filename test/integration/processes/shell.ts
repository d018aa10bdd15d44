// In the place of shell: runs the scenarios with its own spawner, then lets a core run them through the Host. An entry, built for the tests.
import path from 'node:path';
import { app, utilityProcess } from 'electron';
import { hostCore } from '../../../main/shell/hostCore.ts';
import { createPrintDesk } from '../../../main/shell/print/index.ts';
import { createUtilitySpawner } from '../../../main/shell/utilitySpawner.ts';
import { reportScenarios } from './scenarios.ts';

const entriesDir = import.meta.dirname;
app.disableHardwareAcceleration();
void app.whenReady().then(async () => {
  await reportScenarios(createUtilitySpawner({ entriesDir }), (report) => {
    process.stdout.write(`${JSON.stringify({ way: 'utilityProcess', ...report })}\n`);
  });
  const core = utilityProcess.fork(path.join(entriesDir, 'core.js'), [], { stdio: 'inherit' });
  hostCore(core, { entriesDir, printDesk: createPrintDesk(), onQuit: () => undefined });
  core.once('exit', () => app.exit());
});
