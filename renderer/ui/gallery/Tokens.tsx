import { Headline } from '../index.ts';
import styles from './Gallery.module.css';

const colours = ['ground', 'raised', 'line', 'quiet', 'text', 'accent', 'accent-ink', 'accent-edge', 'accent-text'];
const sizes = ['small', 'body', 'large', 'title', 'headline', 'display'];
const spaces = ['1', '2', '3', '4', '5', '6', '8', '10', '12'];

/** Colour, type and space, as they are on one ground. */
export const Tokens = ({ tone }: { tone: string }) => (
  <>
    <Headline level={2} size="title">
      {tone}
    </Headline>
    <ul className={styles['row']}>
      {colours.map((name) => (
        <li key={name} className={styles['colour']}>
          <span className={styles['swatch']} style={{ background: `var(--${name})` }} />
          {name}
        </li>
      ))}
    </ul>
    <ul className={styles['sizes']}>
      {sizes.map((name) => (
        <li key={name} style={{ fontSize: `var(--text-${name})` }}>
          {name}
        </li>
      ))}
    </ul>
    <ul className={styles['row']}>
      {spaces.map((name) => (
        <li key={name}>
          <span className={styles['space']} style={{ width: `var(--space-${name})` }} />
          {name}
        </li>
      ))}
    </ul>
  </>
);
