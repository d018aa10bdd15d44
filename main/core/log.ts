import { Writable } from 'node:stream';
import { pino, type Logger } from 'pino';
import type { LogLine } from '../../preload/index.ts';
import type { Config } from './config/index.ts';

/** The booth's log, and its last lines for whoever looks at them from within. */
export interface BoothLog {
  log: Logger;
  /** Oldest first. */
  tail: () => LogLine[];
}

const keptLines = 1_000;
const longestText = 2_000;

const levels: Readonly<Record<number, LogLine['level']>> = {
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'error',
};

/** Writes to standard error what the settings ask for, and remembers everything from `info` on. */
export function createLog(level: Config['log']['level']): BoothLog {
  const lines: LogLine[] = [];
  const memory = new Writable({
    write: (chunk: Buffer, _, done) => {
      lines.push(lineOf(chunk.toString('utf8')));
      if (lines.length > keptLines) lines.shift();
      done();
    },
  });
  const streams = [
    { level: 'info', stream: memory },
    ...(level === 'silent' ? [] : [{ level, stream: pino.destination({ fd: 2, sync: true }) }]),
  ] as const;
  return {
    log: pino({ level: level === 'debug' ? 'debug' : 'info' }, pino.multistream([...streams])),
    tail: () => [...lines],
  };
}

function lineOf(json: string): LogLine {
  const { level, time, msg, ...others } = JSON.parse(json) as Record<string, unknown>;
  const facts = Object.entries(others).filter(([name]) => name !== 'pid' && name !== 'hostname');
  const said = typeof msg === 'string' ? msg : '';
  const told = facts.length === 0 ? '' : ` ${JSON.stringify(Object.fromEntries(facts))}`;
  return {
    at: new Date(Number(time)).toISOString(),
    level: levels[Number(level)] ?? 'info',
    text: `${said}${told}`.slice(0, longestText),
  };
}
