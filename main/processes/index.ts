// Start and supervise a child process. One supervisor and one pool over three ways to spawn: child_process (cli, tests),
// utilityProcess (shell), and through the Host (core under Electron, which has to ask shell). Knows nothing of faces.
export { backoffMs } from './backoff.ts';
export { createChildProcessSpawner } from './childProcessSpawner.ts';
export type { Contract, Reply, Request } from './contract.ts';
export {
  askToQuit,
  createHostSpawner,
  hostLine,
  hostMessageSchema,
  hostPrinterSchema,
  hostRequestSchema,
} from './host.ts';
export type { HostLine, HostMessage, HostPage, HostPort, HostPrinter, HostRequest, PrintOutcome } from './host.ts';
export { createHostPrinters } from './hostPrinters.ts';
export type { HostPrinters } from './hostPrinters.ts';
export { createHostSecrets } from './hostSecrets.ts';
export { createPool } from './pool.ts';
export type { Job, JobOutcome, Lane, Pool } from './pool.ts';
export { serve } from './serve.ts';
export type { Handlers } from './serve.ts';
export { exitOf } from './spawner.ts';
export type { Child, ChildSpec, Exit, Spawner } from './spawner.ts';
export { createSupervisor } from './supervisor.ts';
export type { Ask, CallOutcome, StartOutcome, Supervisor } from './supervisor.ts';
export { workersEnvironment } from './workersEnvironment.ts';
