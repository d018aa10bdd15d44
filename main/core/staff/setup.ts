import { z } from 'zod';
import {
  fail,
  languages,
  languageSchema,
  ok,
  setupSteps,
  type CameraChoice,
  type Language,
  type Result,
  type SetupStep,
  type StaffRequests,
} from '../../../preload/index.ts';
import type { Config } from '../config/index.ts';
import type { Ground } from '../ground/index.ts';
import type { Store } from '../store/index.ts';
import type { Desk, OpenGround } from './desk.ts';

type Answer = z.output<StaffRequests['setup:answer']['request']>;
type AnswerOf<S extends SetupStep> = Extract<Answer, { step: S }>;

const cameraSchema = z.object({
  label: z.string().optional(),
  rotationDegrees: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
});

/** How far the first-run wizard has come; written down after each step, so that it goes on where it was left. */
const progressSchema = z.object({
  step: z.enum(setupSteps),
  folder: z.string().optional(),
  event: z.object({ name: z.string(), code: z.string() }).optional(),
});

export type Progress = z.infer<typeof progressSchema>;

const firstStep: Progress = { step: 'language' };

/** Nobody has said yet what the booth stands at: neither staff nor the settings. */
export const needsSetup = ({ events }: Pick<Ground, 'events'>, { event }: Config): boolean =>
  event === undefined && events.active() === undefined;

export const progressOf = (store: Store): Progress => store.booth.get('setup', progressSchema) ?? firstStep;

/** What the staff's windows speak. */
export const staffLanguageOf = ({ ground, config }: Pick<Desk, 'ground' | 'config'>): Language =>
  ground()?.store.booth.get('staff-language', languageSchema) ?? config.language;

/** The camera that staff chose. */
export const cameraChoiceOf = (store: Store): CameraChoice | undefined => store.booth.get('camera', cameraSchema);

export function goBack(store: Store): Result<void> {
  const progress = progressOf(store);
  const at = setupSteps.indexOf(progress.step);
  return store.booth.set('setup', { ...progress, step: setupSteps[Math.max(0, at - 1)] });
}

/**
 * Takes an answer down. With the last one the event is made, opened and stood at.
 *
 * @returns setup.incomplete for a last answer before an earlier one
 */
export async function takeAnswer(ground: OpenGround, answer: Answer): Promise<Result<void>> {
  const { store } = ground;
  const progress = progressOf(store);
  switch (answer.step) {
    case 'language':
      return chain(store.booth.set('staff-language', answer.language), () => goOn(store, progress, answer.step));
    case 'camera':
      return chain(store.booth.set('camera', answer.camera), () => goOn(store, progress, answer.step));
    case 'folder':
      return goOn(store, { ...progress, folder: answer.folder }, answer.step);
    case 'event':
      return goOn(store, { ...progress, event: { name: answer.name, code: answer.code } }, answer.step);
    case 'checks': {
      const { passphrase } = answer;
      const isProtected = passphrase === undefined ? ok(undefined) : await ground.keys.protect(passphrase);
      return chain(isProtected, () => goOn(store, progress, answer.step));
    }
    case 'pin':
      return finish(ground, progress, answer);
  }
}

function goOn(store: Store, progress: Progress, answered: SetupStep): Result<void> {
  const next = setupSteps[setupSteps.indexOf(answered) + 1] ?? answered;
  return store.booth.set('setup', { ...progress, step: next });
}

async function finish({ store, events, access }: OpenGround, progress: Progress, { pin }: AnswerOf<'pin'>) {
  const { event, folder } = progress;
  if (event === undefined || folder === undefined) return fail('setup.incomplete');
  const set = await access.setPin(pin);
  if (!set.ok) return set;
  const first = store.booth.get('staff-language', languageSchema) ?? languages[0];
  const settings = {
    name: event.name,
    languages: [first, ...languages.filter((language) => language !== first)],
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    folders: [folder],
  };
  // A library that the command line made may have the event already.
  const known = events.find(event.code);
  const made = known === undefined ? events.create(event.code, settings) : events.apply(known.id, settings);
  if (!made.ok) return made;
  const opened = made.value.state === 'open' ? made : events.setState(made.value.id, 'open');
  if (!opened.ok) return opened;
  const active = events.activate(opened.value.id);
  return active.ok ? store.booth.remove('setup') : active;
}

const chain = (outcome: Result<void>, next: () => Result<void>): Result<void> => (outcome.ok ? next() : outcome);
