import type { LaneProgress, SyncKind } from '../../../preload/index.ts';

/** What the crew counts as one: `sync.groups` of the texts. */
const groups = [
  ['results', ['result', 'erasure']],
  ['galleries', ['gallery']],
  ['thumbnails', ['thumbnail']],
  ['screens', ['screen']],
  ['photos', ['photo']],
  ['guests', ['guest']],
  ['mails', ['mail']],
] as const satisfies readonly (readonly [string, readonly SyncKind[]])[];

export interface Group {
  name: (typeof groups)[number][0];
  done: number;
  /** More than none. */
  total: number;
}

/** How far they are on their way to a place; those that there are none of are left out. */
export function groupsOf({ kinds }: Pick<LaneProgress, 'kinds'>): Group[] {
  return groups
    .map(([name, of]) => {
      const counted = kinds.filter(({ kind }) => of.some((one) => one === kind));
      const sumOf = (figure: 'done' | 'waiting') => counted.reduce((sum, each) => sum + each[figure], 0);
      return { name, done: sumOf('done'), total: sumOf('done') + sumOf('waiting') };
    })
    .filter(({ total }) => total > 0);
}
