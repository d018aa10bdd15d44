// In the place of core: a utility process that asks shell for its children. An entry, built for the tests.
import { createHostSpawner, hostLine } from '../../../main/processes/index.ts';
import { reportScenarios, scenarios, workersScenarios } from './scenarios.ts';

const line = hostLine();
if (line === undefined) throw new Error('this runs as a utility process only');
await reportScenarios(
  createHostSpawner(line),
  (report) => {
    process.stdout.write(`${JSON.stringify({ way: 'host', ...report })}\n`);
  },
  [...scenarios, ...workersScenarios],
);
process.exit();
