export { resample, type Kernel, type Size } from './resample.ts';
export { giveBack, openWorkspace, work, type Workspace } from './workspace.ts';
