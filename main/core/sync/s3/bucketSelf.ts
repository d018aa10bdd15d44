import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import {
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  type TransitionDefaultMinimumObjectSize,
} from '@aws-sdk/client-s3';
import type { Connection } from './connection.ts';
import { isMessage } from './message.ts';
import { isCalled, noStore } from './outcomes.ts';
import type { BucketRules } from './rules.ts';
import type { S3Settings } from './settings.ts';

/** The requests that are about the bucket, and not about what is in it. Each throws what the connection does. */
export interface BucketSelf {
  rules(): Promise<ListedRules>;
  /** All of them: those that are not in it are gone. */
  setRules(xml: string, from: Pick<ListedRules, 'smallestMoved'>): Promise<void>;
  /** Who may do what in it, JSON; undefined where nothing is said of that. */
  policy(): Promise<string | undefined>;
  setPolicy(policy: string): Promise<void>;
}

export interface ListedRules extends BucketRules {
  /** Amazon's word of how large an object has to be for a rule to move it: a part of the rules, told beside them. */
  smallestMoved?: TransitionDefaultMinimumObjectSize | undefined;
}

export function createBucketSelf(connection: Connection, { bucket: Bucket }: Pick<S3Settings, 'bucket'>): BucketSelf {
  return {
    rules: async () => {
      const command = new GetBucketLifecycleConfigurationCommand({ Bucket });
      let xml: string | undefined;
      command.middlewareStack.add(
        (next) => async (args) => {
          const answer = await next(args);
          const { response } = answer;
          if (isMessage(response) && response.body instanceof Readable) {
            xml = await text(response.body);
            response.body = Buffer.from(xml);
          }
          return answer;
        },
        // Before the SDK reads it, and a stream is read once.
        { step: 'deserialize', priority: 'low', name: 'asItCame' },
      );
      try {
        const told = await connection.send((client, options) => client.send(command, options));
        if (xml?.includes('<LifecycleConfiguration') !== true) throw noStore();
        return { rules: told.Rules ?? [], xml, smallestMoved: told.TransitionDefaultMinimumObjectSize };
      } catch (error) {
        if (isCalled(error, 'NoSuchLifecycleConfiguration')) return { rules: [], xml: undefined };
        throw error;
      }
    },

    setRules: async (xml, { smallestMoved }) => {
      const command = new PutBucketLifecycleConfigurationCommand({
        Bucket,
        LifecycleConfiguration: { Rules: [] },
        ...(smallestMoved === undefined ? {} : { TransitionDefaultMinimumObjectSize: smallestMoved }),
      });
      command.middlewareStack.add(
        (next) => (args) => {
          if (isMessage(args.request)) args.request.body = xml;
          return next(args);
        },
        // After the SDK has written its own, and before it counts and hashes what is there.
        { step: 'serialize', priority: 'low', name: 'asItWas' },
      );
      await connection.send((client, options) => client.send(command, options));
    },

    policy: async () => {
      try {
        const command = new GetBucketPolicyCommand({ Bucket });
        return (await connection.send((client, options) => client.send(command, options))).Policy;
      } catch (error) {
        if (isCalled(error, 'NoSuchBucketPolicy')) return undefined;
        throw error;
      }
    },

    setPolicy: async (Policy) => {
      const command = new PutBucketPolicyCommand({ Bucket, Policy });
      await connection.send((client, options) => client.send(command, options));
    },
  };
}
