// A crowd of phones, in a process of its own: so many come each second, each by another address of the loopback network.
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { answer } from '../team/child.ts';
import { visit } from './journey.ts';

const questionSchema = z.object({
  origin: z.string(),
  spawnPerS: z.number().positive(),
  /** A file for each guest. */
  selfies: z.array(z.string()),
});
export type CrowdQuestion = z.infer<typeof questionSchema>;

const mostTries = 3;

// From 127.1.0.1 on.
const addressOf = (i: number): string => `127.1.${String(Math.floor(i / 250))}.${String(1 + (i % 250))}`;

answer(async (question) => {
  const { origin, spawnPerS, selfies } = questionSchema.parse(question);
  const pictures = await Promise.all(selfies.map((file) => readFile(file)));
  return Promise.all(
    pictures.map(async (selfie, i) => {
      await sleep((i / spawnPerS) * 1000);
      // Whoever is asked for a better picture lets others be taken.
      return visit(
        origin,
        addressOf(i),
        [selfie, ...pictures.slice(i + 1), ...pictures.slice(0, i)].slice(0, mostTries),
      );
    }),
  );
}, false);
