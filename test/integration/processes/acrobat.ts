// The child of the scenarios: an entry, built for the tests.
import { setTimeout as sleep } from 'node:timers/promises';
import { serve } from '../../../main/processes/index.ts';
import { acrobatContract, acrobatSettingsSchema } from './acrobatContract.ts';

const hoard: Buffer[] = [];

await serve(acrobatContract, (settings) => {
  const { refusal } = acrobatSettingsSchema.parse(settings);
  if (refusal !== undefined) return Promise.reject(new Error(refusal));
  return Promise.resolve({
    echo: ({ value }) => ({ value, pid: process.pid }),
    environment: () => ({ names: Object.keys(process.env) }),
    wait: async ({ ms }) => {
      await sleep(ms);
      return { pid: process.pid };
    },
    crash: () => {
      process.kill(process.pid, 'SIGSEGV');
      return {};
    },
    hang: () => {
      for (;;);
    },
    fail: ({ message }) => {
      throw new Error(message);
    },
    grow: ({ bytes }) => {
      hoard.push(Buffer.alloc(bytes, 1));
      return { pid: process.pid };
    },
  });
});
