import type { z } from 'zod';
import {
  fail,
  type AuditEntry,
  type Result,
  type StaffMethod,
  type StaffReply,
  type StaffRequests,
} from '../../../../preload/index.ts';
import type { Desk, OpenGround, Services } from '../desk.ts';
import type { Session } from '../session.ts';

/** One function a method; the request has been validated, and the window has a session where one is needed. */
export type StaffHandlers = {
  [M in StaffMethod]: (request: z.output<StaffRequests[M]['request']>) => StaffReply<M> | Promise<StaffReply<M>>;
};

/** The handlers of the methods that begin so. */
export type HandlersOf<Prefix extends string> = Pick<StaffHandlers, Extract<StaffMethod, `${Prefix}:${string}`>>;

/** One window of the staff's. */
export interface Seat {
  session: Session;
  /** Tells the window how it stands with its session. */
  tellAccess: () => void;
}

export const withGround = <T>(desk: Desk, work: (ground: OpenGround) => T) => {
  const ground = desk.ground();
  return ground === undefined ? fail('engine.starting') : work(ground);
};

export const withServices = <T>(desk: Desk, work: (services: Services) => T) => {
  const services = desk.services();
  return services === undefined ? fail('engine.starting') : work(services);
};

export type Values = AuditEntry['values'];

/** Puts into the audit log what staff have done. A log that cannot be written keeps nobody from their work. */
export const audit = (desk: Desk, action: string, values: Values = {}): void => {
  const written = desk.ground()?.store.audit.add({ actor: 'staff', action, values });
  if (written?.ok === false) desk.log.error({ fault: written.fault, action }, 'the audit log cannot be written');
};

/** The outcome as a reply, and on record where it is a success. */
export function audited<T, R>(
  desk: Desk,
  outcome: Result<T>,
  action: string,
  values: Values | ((value: T) => Values),
  reply: (value: T) => R,
): Result<R> {
  if (!outcome.ok) return outcome;
  audit(desk, action, typeof values === 'function' ? values(outcome.value) : values);
  return { ok: true, value: reply(outcome.value) };
}

export const nothing = (): Record<string, never> => ({});
