import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAccess, type Access } from '../../main/core/staff/access.ts';
import { createSession } from '../../main/core/staff/session.ts';
import { openStore, type Store } from '../../main/core/store/index.ts';
import { codeOf, valueOf } from '../fixtures/core.ts';
import { temporaryFolder } from '../fixtures/folders.ts';

describe('the PIN', () => {
  let nowMs = 0;
  let store: Store;
  let access: Access;

  beforeEach(async () => {
    nowMs = Date.parse('2026-06-20T20:00:00Z');
    store = valueOf(openStore(await temporaryFolder()));
    access = createAccess({ store, now: () => nowMs });
  });
  afterEach(() => store.close());

  /** As after a restart. */
  const restart = () => (access = createAccess({ store, now: () => nowMs }));
  const guess = (pin: string) => access.check(pin).then(codeOf);

  it('is asked of nobody before there is one, and is not kept as it is', async () => {
    expect(access.hasPin()).toBe(false);
    expect(await guess('1234')).toBe('staff.no-pin');
    valueOf(await access.setPin('1234'));
    expect(access.hasPin()).toBe(true);
    expect(await guess('1234')).toBe('ok');
    expect(await guess('12345')).toBe('staff.wrong-pin');
    expect(JSON.stringify(store.booth)).not.toContain('1234');
  });

  it('is held back after five wrong tries, longer each time, also for the right one and after a restart', async () => {
    valueOf(await access.setPin('2580'));
    for (let i = 0; i < 4; i++) expect(await guess('0000')).toBe('staff.wrong-pin');
    expect(access.heldForMs()).toBe(0);
    let waitMs = 30_000;
    for (let round = 0; round < 8; round++) {
      expect(await guess('0000')).toBe('staff.wrong-pin');
      expect(access.heldForMs()).toBe(waitMs);
      restart();
      nowMs += waitMs - 1;
      expect(await guess('2580')).toBe('staff.held-back');
      nowMs += 1;
      waitMs = Math.min(waitMs * 2, 15 * 60_000);
    }
    expect(await guess('2580')).toBe('ok');
    expect(access.heldForMs()).toBe(0);
    expect(await guess('0000')).toBe('staff.wrong-pin');
    expect(access.heldForMs()).toBe(0);
  });

  it('counts each of many tries at once', async () => {
    valueOf(await access.setPin('2580'));
    const tried = await Promise.all(Array.from({ length: 9 }, () => guess('0000')));
    expect(tried.filter((code) => code === 'staff.wrong-pin')).toHaveLength(5);
    expect(tried.filter((code) => code === 'staff.held-back')).toHaveLength(4);
  });

  it('is not held back for ever by a clock that was put back', async () => {
    valueOf(await access.setPin('2580'));
    for (let i = 0; i < 5; i++) await guess('0000');
    nowMs -= 365 * 86_400_000;
    expect(access.heldForMs()).toBeLessThanOrEqual(15 * 60_000);
  });
});

describe('a session', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('lasts for as long as it is touched, and then says that it is over', () => {
    const onExpired = vi.fn();
    const session = createSession({ idleMs: 1_000, onExpired });
    expect(session.touch()).toBe(false);
    session.begin();
    for (let i = 0; i < 5; i++) {
      vi.advanceTimersByTime(999);
      expect(session.touch()).toBe(true);
    }
    vi.advanceTimersByTime(1_000);
    expect(session.isOpen()).toBe(false);
    expect(onExpired).toHaveBeenCalledOnce();
    expect(session.touch()).toBe(false);
  });

  it('that was ended does not expire as well', () => {
    const onExpired = vi.fn();
    const session = createSession({ idleMs: 1_000, onExpired });
    session.begin();
    session.end();
    vi.advanceTimersByTime(5_000);
    expect([session.isOpen(), onExpired.mock.calls.length]).toEqual([false, 0]);
  });
});
