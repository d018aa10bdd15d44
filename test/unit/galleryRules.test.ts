import { expect, it } from 'vitest';
import { createGalleryRules, type Storage } from '../../main/core/sync/index.ts';

it('tells the page of days whose doors had gone when others came', async () => {
  const told: unknown[] = [];
  const storage: Storage = {
    put: ({ content }) => {
      if ('bytes' in content) told.push(JSON.parse(Buffer.from(content.bytes).toString()));
      return Promise.resolve({ at: 'done' });
    },
    remove: () => Promise.resolve({ at: 'done' }),
    expire: () => Promise.resolve({ at: 'done' }),
    check: () => Promise.resolve({ at: 'done' }),
  };
  let doorDays = [7];
  const rules = createGalleryRules({ storage, store: { keptVisits: { doorDays: () => doorDays } } as never });
  await rules.ensure(7);
  // Its guest was erased.
  doorDays = [30];
  await rules.ensure(30);
  doorDays = [7, 30];
  await rules.ensure(7);
  expect(told.at(-1)).toEqual([7, 30]);
});
