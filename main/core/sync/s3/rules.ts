import { createHash } from 'node:crypto';
import type { LifecycleRule } from '@aws-sdk/client-s3';

// [Note: Rules of others] A bucket has one list of lifecycle rules, and whoever writes one writes them all. Stores have words in theirs that the SDK does not
// know (Ceph's ArchiveZone, MinIO's DelMarkerExpiration), and a rule without such a word may take away far more than it was meant to. So the SDK's reading
// serves to look for ours, and what is written is the store's own text, with ours in it.

/** What a store tells of a bucket's rules. */
export interface BucketRules {
  /** As the SDK reads them. */
  rules: readonly LifecycleRule[];
  /** As they came; undefined where there are none. */
  xml: string | undefined;
}

/** What is to be let go of, and after how many days. */
interface Expiry {
  /** Of keys, as they are in the bucket. */
  prefix: string;
  days: number;
}

/** Whether there is a rule for just that prefix, which lets go no later. */
export const lapses = (rules: readonly LifecycleRule[], { prefix, days }: Expiry): boolean =>
  rules.some((rule) => {
    const after = rule.Expiration?.Days;
    return after !== undefined && after <= days && isInForceFor(rule, prefix);
  });

/** Whether there is a rule against uploads in parts that nobody ends, for all of the bucket or for what is ours. */
const endsUploads = (rules: readonly LifecycleRule[], wholePrefix: string): boolean =>
  rules.some(
    (rule) =>
      rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation !== undefined &&
      ['', wholePrefix].some((prefix) => isInForceFor(rule, prefix)),
  );

// Not to be written any more, but there is what was written so.
/* eslint-disable @typescript-eslint/no-deprecated */
const isOfOldForm = ({ Filter, Prefix }: LifecycleRule): boolean => Filter === undefined && Prefix !== undefined;

function isInForceFor({ Status, Filter, Prefix }: LifecycleRule, prefix: string): boolean {
  if (Status !== 'Enabled') return false;
  if (Filter === undefined) return Prefix === prefix;
  const { And, Tag, ObjectSizeGreaterThan, ObjectSizeLessThan } = Filter;
  const isNarrower = [And, Tag, ObjectSizeGreaterThan, ObjectSizeLessThan].some((part) => part !== undefined);
  // Some stores have what is for all objects without a prefix.
  return !isNarrower && (Filter.Prefix ?? Prefix ?? '') === prefix;
}
/* eslint-enable @typescript-eslint/no-deprecated */

/**
 * The rules of a bucket and ours, to be written there. See [Note: Rules of others].
 *
 * @param wholePrefix of all that we have in the bucket
 * @returns the text to write, with a rule against uploads that nobody ends, and the same without it: not every store takes that one
 */
export function withExpiry(
  { rules, xml }: BucketRules,
  { prefix, days }: Expiry,
  wholePrefix: string,
): { whole: string; least: string } {
  // Amazon takes no list that has both: rules as they once were, with the prefix in the rule itself, and today's, with a filter.
  const isOfOld = rules.length > 0 && rules.every(isOfOldForm);
  const which = (of: string) => (isOfOld ? textIn('Prefix', of) : textIn('Filter', textIn('Prefix', of)));
  const lapse = textIn('Expiration', textIn('Days', String(days)));
  const least = insert(xml, `findme-${String(days)}d-${hashOf(prefix)}`, which(prefix), lapse);
  if (endsUploads(rules, wholePrefix)) return { whole: least, least };
  const end = textIn('AbortIncompleteMultipartUpload', textIn('DaysAfterInitiation', '7'));
  const partsId = wholePrefix === '' ? 'findme-parts' : `findme-parts-${hashOf(wholePrefix)}`;
  return { whole: insert(least, partsId, which(wholePrefix), end), least };
}

/** Several booths may share a bucket, each with a prefix of its own. */
const hashOf = (prefix: string): string => createHash('sha256').update(prefix).digest('hex').slice(0, 12);

/** In XML. Nothing that is written here has a letter in it that XML would have otherwise; of prefixes, bucketSchema sees to that. */
const textIn = (element: string, text: string): string => `<${element}>${text}</${element}>`;

const rootEnd = '</LifecycleConfiguration>';
const noRules = `<LifecycleConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${rootEnd}`;

/** The list with that rule, in the place of one that has its ID. */
function insert(xml: string | undefined, id: string, which: string, action: string): string {
  const whole = xml?.includes(rootEnd) === true ? xml : noRules;
  const end = whole.lastIndexOf(rootEnd);
  const others = whole
    .slice(0, end)
    .replace(/<Rule>[\s\S]*?<\/Rule>/g, (rule) => (rule.includes(textIn('ID', id)) ? '' : rule));
  const ours = textIn('Rule', `${textIn('ID', id)}${which}${textIn('Status', 'Enabled')}${action}`);
  return `${others}${ours}${whole.slice(end)}`;
}
