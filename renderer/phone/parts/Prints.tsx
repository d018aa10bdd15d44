import { Print } from '../../ui/index.ts';
import styles from './Prints.module.css';

interface PrintsProps {
  /** comes-up, fades: in each of them one and the same person is found, or no longer. blank: nobody yet. */
  state: 'comes-up' | 'fades' | 'blank';
}

type Tone = 'mid' | 'dark' | 'deep';

/** Of each print the tones of its guests, from the left; the darkest is the one who is found. The last print lies on the others. */
const prints: readonly { side: string; tones: readonly [Tone, Tone, Tone] }[] = [
  { side: 'left', tones: ['deep', 'mid', 'dark'] },
  { side: 'right', tones: ['mid', 'dark', 'deep'] },
  { side: 'front', tones: ['mid', 'deep', 'dark'] },
];

/** What it is all about, without a word. */
export const Prints = ({ state }: PrintsProps) => (
  <div className={styles['prints']} aria-hidden="true">
    {prints.map(({ side, tones: [left, middle, right] }) => (
      <Print key={side} className={styles[side]} {...(state !== 'blank' && { state })}>
        {state !== 'blank' && (
          <svg className={styles['scene']} viewBox="0 0 300 200" preserveAspectRatio="xMidYMid slice">
            <path className={styles['lights']} d="M38 30h0M92 20h0M160 32h0M214 18h0M268 34h0" />
            <Guest tone={left} at="translate(70 104) scale(25)" />
            <Guest tone={right} at="translate(232 100) scale(24)" />
            <Guest tone={middle} at="translate(150 92) scale(30)" />
          </svg>
        )}
      </Print>
    ))}
  </div>
);

/** Head and shoulders; the head's radius is 1. */
const Guest = ({ tone, at }: { tone: Tone; at: string }) => (
  <g className={styles[tone]} transform={at}>
    <circle r="1" />
    <path d="M-2 4.4c0-2.1.9-3 2-3s2 .9 2 3z" />
    {tone === 'deep' && <circle className={styles['ring']} r="1.4" />}
  </g>
);
