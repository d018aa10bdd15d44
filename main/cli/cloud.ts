import { ok } from '../../preload/index.ts';
import { openBucketSetUp, type BucketSetUp, type CloudOutcome } from '../core/index.ts';
import { inSession, type CommonOptions, type ExitCode, type Places, type Session } from './session.ts';
import { faultText, printable, type Language } from './texts.ts';

/** Something that was asked of the bucket, and what came of it. */
interface Step {
  does: 'check' | 'expire' | 'open';
  days?: number;
  ok: boolean;
  code?: string;
  message?: string;
  detail?: string;
}

/** `cloud check`: whether the booth gets there, and may write. */
export const check = (places: Places, options: CommonOptions): Promise<ExitCode> =>
  withBucket(places, options, async (bucket, language) => [stepOf({ does: 'check' }, await bucket.check(), language)]);

/** `cloud set-up`: the rules that galleries need, and who may read them. */
export const setUp = (
  places: Places,
  { days, isPublic, ...options }: CommonOptions & { days: readonly number[]; isPublic: boolean },
): Promise<ExitCode> =>
  withBucket(places, options, async (bucket, language) => {
    const steps = [stepOf({ does: 'check' }, await bucket.check(), language)];
    if (steps.some((step) => !step.ok)) return steps;
    for (const each of new Set(days)) {
      steps.push(stepOf({ does: 'expire', days: each }, await bucket.expire(each), language));
    }
    if (isPublic) steps.push(stepOf({ does: 'open' }, await bucket.openToPhones(), language));
    return steps;
  });

const withBucket = (
  places: Places,
  options: CommonOptions,
  work: (bucket: BucketSetUp, language: Language) => Promise<Step[]>,
): Promise<ExitCode> =>
  inSession(places, options, async ({ config, log, output }: Session) => {
    const opened = await openBucketSetUp(config, process.env, log);
    if (!opened.ok) return opened;
    const bucket = opened.value;
    try {
      const steps = await work(bucket, config.language);
      const isWell = steps.every((step) => step.ok);
      const name = `${bucket.bucket}/${bucket.prefix}`;
      output.result({ ok: isWell, bucket: bucket.bucket, prefix: bucket.prefix, steps }, () =>
        steps.flatMap((step) => linesOf(step, name)),
      );
      return ok(isWell ? 0 : 1);
    } finally {
      bucket.close();
    }
  });

const stepOf = (asked: Pick<Step, 'does' | 'days'>, outcome: CloudOutcome, language: Language): Step =>
  outcome.at === 'done'
    ? { ...asked, ok: true }
    : { ...asked, ok: false, code: outcome.code, message: faultText(outcome, language), detail: outcome.detail };

const indent = ' '.repeat(6);

function linesOf(step: Step, bucket: string): string[] {
  if (step.ok) return [`ok    ${doneLine(step, bucket)}`];
  const { does, days, code, message = '', detail = '' } = step;
  const what = days === undefined ? does : `${does} ${String(days)}`;
  const otherwise = does === 'open' ? [`${indent}${openOtherwise}`] : [];
  return [`bad   ${what}  ${code ?? ''}: ${printable(detail)}`, `${indent}${message}`, ...otherwise];
}

function doneLine({ does, days }: Step, bucket: string): string {
  switch (does) {
    case 'check':
      return `${bucket} can be reached and written to.`;
    case 'expire':
      return `${bucket}galleries/${String(days)}d/ lets go of what is ${String(days)} days old.`;
    case 'open':
      return `${bucket} lets everybody read galleries and their photos, if they know their names.`;
  }
}

const openOtherwise =
  'Where a store takes no policy that opens a bucket, open it in its own way: Amazon by its Block Public Access settings or by CloudFront, R2 by a domain of its own, Garage as a website (docs/cloud.md).';
