import styles from './SmileRing.module.css';

/** The picture that is wanted: one face, from the front, in the ring that looks for it. */
export const SmileRing = () => (
  <svg className={styles['ring']} viewBox="0 0 200 200" aria-hidden="true">
    <circle className={styles['outline']} cx="100" cy="100" r="94" />
    <clipPath id="smile-ring">
      <circle cx="100" cy="100" r="84" />
    </clipPath>
    <g clipPath="url(#smile-ring)">
      <rect className={styles['ground']} width="200" height="200" />
      <path className={styles['body']} d="M20 210c0-46 34-66 80-66s80 20 80 66z" />
      <circle className={styles['head']} cx="100" cy="90" r="46" />
      <path className={styles['face']} d="M83 80v5M117 80v5M78 100c5 11 13 16 22 16s17-5 22-16" />
    </g>
  </svg>
);
