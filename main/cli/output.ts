import type { Fault, NoteCode } from '../../preload/index.ts';
import { faultText, noteText, printable, type Language } from './texts.ts';

/** Something to say of one file, with its stable code. */
export interface Remark {
  path: string;
  code: string;
  message: string;
  detail?: string;
}

export const remarkOf = (path: string, fault: Fault, language: Language): Remark => ({
  path,
  code: fault.code,
  message: faultText(fault, language),
  ...(fault.detail === undefined ? {} : { detail: fault.detail }),
});

export const noteOf = (path: string, code: NoteCode, language: Language): Remark => ({
  path,
  code,
  message: noteText(code, language),
});

/** "1 photo", "2 photos" */
export const counted = (count: number, thing: string): string => `${String(count)} ${thing}${count === 1 ? '' : 's'}`;

/** Where a command's result goes: one JSON object on standard output, or lines for a person. */
export interface Output {
  result(json: object, lines: () => readonly string[]): void;
  /** A line on one file, for a person; in JSON it is part of the result. */
  remark(remark: Remark): void;
  /** The reason why nothing could be done. */
  fault(fault: Fault): void;
}

export function createOutput({ isJson, language }: { isJson: boolean; language: Language }): Output {
  const print = (line: string) => process.stdout.write(`${line}\n`);
  const say = (line: string) => process.stderr.write(`${line}\n`);
  return {
    result: (json, lines) => {
      if (isJson) print(JSON.stringify(json));
      else lines().forEach(print);
    },
    remark: ({ path, code, message }) => {
      if (!isJson) say(`${code}  ${printable(path)}  ${message}`);
    },
    fault: (fault) => {
      const { code, detail } = fault;
      const message = faultText(fault, language);
      if (isJson) print(JSON.stringify({ error: { code, message, ...(detail === undefined ? {} : { detail }) } }));
      else say(`${code}  ${message}${detail === undefined ? '' : ` (${printable(detail)})`}`);
    },
  };
}
