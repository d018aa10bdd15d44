import type { ReactNode } from 'react';
import styles from './icons.module.css';

// Drawn on a grid of 32 with one stroke; they say nothing that the words beside them do not.

const Icon = ({ children }: { children: ReactNode }) => (
  <svg className={styles['icon']} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    {children}
  </svg>
);

export const ContrastIcon = () => (
  <Icon>
    <circle cx="16" cy="16" r="11" />
    <path className={styles['solid']} d="M16 5a11 11 0 0 1 0 22z" />
  </Icon>
);

/** A face beside the print that it is compared with. */
export const CompareIcon = () => (
  <Icon>
    <path d="M5 4.5h22v17H5zM5 27.5h22" />
    <circle cx="16" cy="11" r="3" />
    <path d="M9.5 21.5c.6-3.6 3.2-5.5 6.5-5.5s5.9 1.9 6.5 5.5" />
  </Icon>
);

/** What comes up fades again. */
export const ForgetIcon = () => (
  <Icon>
    <path d="M16 27A11 11 0 1 1 27 16" />
    <path d="M16 9.5V16l4 2.5" />
    <path d="M21.5 21.5l6 6M27.5 21.5l-6 6" />
  </Icon>
);

export const KeyIcon = () => (
  <Icon>
    <circle cx="10" cy="16" r="5.5" />
    <path d="M15.5 16H28v5M22.5 16v4" />
  </Icon>
);

export const LightIcon = () => (
  <Icon>
    <circle cx="16" cy="16" r="5" />
    <path d="M16 3.5v4M16 24.5v4M3.5 16h4M24.5 16h4M7.2 7.2l2.8 2.8M22 22l2.8 2.8M24.8 7.2L22 10M10 22l-2.8 2.8" />
  </Icon>
);

export const GlassesIcon = () => (
  <Icon>
    <circle cx="9" cy="18" r="5" />
    <circle cx="23" cy="18" r="5" />
    <path d="M14 17c1.2-1 2.8-1 4 0M4 17l3-7M28 17l-3-7" />
  </Icon>
);

export const EyeIcon = () => (
  <Icon>
    <path d="M3 16c3.2-5.2 7.7-8 13-8s9.8 2.8 13 8c-3.2 5.2-7.7 8-13 8S6.2 21.2 3 16z" />
    <circle cx="16" cy="16" r="4" />
  </Icon>
);

export const CheckIcon = () => (
  <Icon>
    <path d="M7 16.5l6 6L25.5 9.5" />
  </Icon>
);

export const PreviousIcon = () => (
  <Icon>
    <path d="M20 6L10 16l10 10" />
  </Icon>
);

export const NextIcon = () => (
  <Icon>
    <path d="M12 6l10 10-10 10" />
  </Icon>
);

export const FewerIcon = () => (
  <Icon>
    <path d="M7 16h18" />
  </Icon>
);

export const MoreIcon = () => (
  <Icon>
    <path d="M7 16h18M16 7v18" />
  </Icon>
);

/** Those who run the booth. */
export const CrewIcon = () => (
  <Icon>
    <circle cx="16" cy="10.5" r="5.5" />
    <path d="M5 27.5c.9-6.2 5.2-9.5 11-9.5s10.1 3.3 11 9.5" />
  </Icon>
);

export const EraseIcon = () => (
  <Icon>
    <path d="M11 7h17v18H11L4 16zM15.5 12.5l7 7M22.5 12.5l-7 7" />
  </Icon>
);
