import styles from './Scene.module.css';

interface Figure {
  x: number;
  y: number;
  size: number;
  shade: 'light' | 'mid' | 'dark' | 'deep';
}

/** A picture of people, one of whom is meant. */
interface SceneDrawing {
  /** Back to front. */
  figures: readonly Figure[];
  found: Figure;
  /** In front of the one who is meant. */
  front: readonly Figure[];
}

// On a field of 300 by 200. A figure of size 1 has a head of 17 and shoulders of 68.
const drawings: readonly SceneDrawing[] = [
  {
    figures: [
      { x: 46, y: 130, size: 1, shade: 'mid' },
      { x: 256, y: 126, size: 1.05, shade: 'mid' },
      { x: 104, y: 146, size: 1.15, shade: 'dark' },
    ],
    found: { x: 168, y: 140, size: 1.25, shade: 'deep' },
    front: [{ x: 226, y: 168, size: 1.2, shade: 'dark' }],
  },
  {
    figures: [{ x: 104, y: 120, size: 1.7, shade: 'dark' }],
    found: { x: 196, y: 142, size: 1.6, shade: 'deep' },
    front: [],
  },
  {
    figures: [
      { x: 30, y: 118, size: 0.75, shade: 'mid' },
      { x: 88, y: 112, size: 0.75, shade: 'mid' },
      { x: 150, y: 120, size: 0.75, shade: 'mid' },
      { x: 268, y: 114, size: 0.75, shade: 'mid' },
    ],
    found: { x: 210, y: 118, size: 0.8, shade: 'deep' },
    front: [
      { x: 58, y: 168, size: 1, shade: 'dark' },
      { x: 132, y: 176, size: 1.05, shade: 'dark' },
      { x: 250, y: 178, size: 1, shade: 'dark' },
    ],
  },
  {
    figures: [
      { x: 220, y: 150, size: 1.3, shade: 'mid' },
      { x: 156, y: 152, size: 1.3, shade: 'dark' },
    ],
    found: { x: 82, y: 138, size: 1.45, shade: 'deep' },
    front: [],
  },
];

export const scenes = drawings.length;

const Person = ({ figure, isFound = false }: { figure: Figure; isFound?: boolean }) => (
  <g
    transform={`translate(${String(figure.x)} ${String(figure.y)}) scale(${String(figure.size)})`}
    className={isFound ? styles['found'] : styles[figure.shade]}
  >
    <circle cy="-34" r="17" />
    <path d="M-36 110V22a36 36 0 0 1 72 0v88z" />
  </g>
);

/** A drawn print, for an event that has no pictures of its own to show: people, and one of them in the event's colour. */
export const Scene = ({ index }: { index: number }) => {
  const drawing = drawings.at(index % drawings.length);
  if (drawing === undefined) return null;
  const { figures, found, front } = drawing;
  return (
    <svg className={styles['scene']} viewBox="0 0 300 200" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
      <rect className={styles['ground']} width="300" height="200" />
      <circle className={styles['sun']} cx={300 - found.x} cy="58" r="70" />
      {figures.map((figure) => (
        <Person key={figure.x} figure={figure} />
      ))}
      <Person figure={found} isFound />
      {front.map((figure) => (
        <Person key={figure.x} figure={figure} />
      ))}
      <circle
        className={styles['ring']}
        cx={found.x}
        cy={found.y - 34 * found.size}
        r={17 * found.size + 9}
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
};
