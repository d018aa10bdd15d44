import { createHash } from 'node:crypto';
import { z } from 'zod';

/** What phones read of a bucket, from its prefix on: the page, what it is made of, sealed galleries and the pictures of events. Nothing else. */
const readable = [
  'g',
  'gallery/*',
  'galleries/*',
  ...['thumbnails', 'screens', 'photos'].map((folder) => `events/*/${folder}/*`),
];

const statementSchema = z.looseObject({ Sid: z.string().optional() });
const policySchema = z.looseObject({
  Version: z.string().optional(),
  Statement: z.union([z.array(statementSchema), statementSchema.transform((one) => [one])]),
});

/**
 * A bucket policy by which everybody may read what a gallery is made of, if they know its name: nobody may list anything. What others have said in it
 * stays as it is.
 *
 * @param where.region Amazon's names of things begin otherwise in some parts of the world
 * @param before the policy that is there, JSON
 * @throws where that is none
 */
export function publicPolicy(
  { bucket, prefix, region }: { bucket: string; prefix: string; region: string },
  before?: string,
): string {
  const { Statement: others, ...rest } = policySchema.parse(
    before === undefined ? { Version: '2012-10-17', Statement: [] } : JSON.parse(before),
  );
  const id = createHash('sha256').update(prefix).digest('hex').slice(0, 12);
  const ours = {
    // Letters and digits only. Several booths may share a bucket, each with a prefix of its own.
    Sid: `FindMeGalleries${prefix === '' ? '' : id}`,
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: readable.map((key) => `arn:${partitionOf(region)}:s3:::${bucket}/${prefix}${key}`),
  };
  return JSON.stringify({ ...rest, Statement: [...others.filter(({ Sid }) => Sid !== ours.Sid), ours] });
}

const partitionOf = (region: string): string => {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
};
