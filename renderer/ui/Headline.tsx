import type { ReactNode } from 'react';
import styles from './Headline.module.css';

interface HeadlineProps {
  children: ReactNode;
  level?: 1 | 2;
  size?: 'display' | 'headline' | 'title';
}

/** The few large words of a screen. */
export const Headline = ({ children, level = 1, size = 'headline' }: HeadlineProps) => {
  const Tag = level === 1 ? 'h1' : 'h2';
  return <Tag className={styles[size]}>{children}</Tag>;
};

/** The sentence under them. */
export const Lead = ({ children }: { children: ReactNode }) => <p className={styles['lead']}>{children}</p>;
