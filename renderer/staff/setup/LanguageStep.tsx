import { languages, type Language } from '../../../preload/index.ts';
import { DenseButton } from '../../dense/index.ts';
import { languageNames } from '../../ui/index.ts';
import type { StepProps } from './Setup.tsx';
import styles from './Setup.module.css';

export const LanguageStep = ({ language, onAnswer, isBusy }: StepProps & { language: Language }) => (
  <div className={styles['step']}>
    <div className={styles['choices']}>
      {languages.map((one) => (
        <DenseButton
          key={one}
          kind={one === language ? 'primary' : 'choice'}
          isDisabled={isBusy}
          onPress={() => onAnswer({ step: 'language', language: one })}
        >
          <span lang={one}>{languageNames[one]}</span>
        </DenseButton>
      ))}
    </div>
  </div>
);
