// The faceindex process: the templates of every event in memory, and the search over one event at a time.
import { z } from 'zod';
import { serve } from '../processes/index.ts';
import { createEventIndex, type EventIndex } from './faceindex/eventIndex.ts';
import { faceIndexContract } from './faceIndexContract.ts';

const settingsSchema = z.object({ dimensions: z.number().int().positive() });

await serve(faceIndexContract, (settings) => {
  const { dimensions } = settingsSchema.parse(settings);
  const events = new Map<number, EventIndex>();

  const eventIndex = (eventId: number): EventIndex => {
    const known = events.get(eventId);
    if (known !== undefined) return known;
    const created = createEventIndex(dimensions);
    events.set(eventId, created);
    return created;
  };

  return Promise.resolve({
    add: ({ eventId, faceIds, photoIds, templates }) => {
      const index = eventIndex(eventId);
      index.add(faceIds, photoIds, templates);
      return { faces: index.size() };
    },
    remove: ({ eventId, faceIds }) => {
      const index = eventIndex(eventId);
      index.remove(new Set(faceIds));
      return { faces: index.size() };
    },
    search: ({ eventId, probe, threshold, kinFrom }) => {
      const index = eventIndex(eventId);
      return { matches: index.search(probe, threshold, kinFrom), searchedFaces: index.size() };
    },
  });
});
