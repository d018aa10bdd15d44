import { useTranslation } from 'react-i18next';
import type { Photo, TemplateLook } from '../../../preload/index.ts';
import { useChrome } from '../../ui/index.ts';
import { nameOf } from '../templates/index.ts';
import styles from './TemplateChoices.module.css';
import { TemplateFigure } from './TemplateFigure.tsx';

interface TemplateChoicesProps {
  templates: readonly TemplateLook[];
  photos: readonly Photo[];
  templateId: string;
  onTemplate: (id: string) => void;
}

/** What the sheet could be, each as a small one. */
export const TemplateChoices = ({ templates, photos, templateId, onTemplate }: TemplateChoicesProps) => {
  const { t } = useTranslation();
  const { language } = useChrome();
  return (
    <ul className={styles['choices']} aria-label={t('kiosk.print.templates')} tabIndex={0}>
      {templates.map((template) => (
        <li key={template.id}>
          <button
            type="button"
            className={styles['choice']}
            aria-pressed={template.id === templateId}
            onClick={() => {
              onTemplate(template.id);
            }}
          >
            <span className={styles['figure']}>
              <TemplateFigure template={template} photos={photos} />
            </span>
            <span className={styles['name']}>{nameOf(template, language)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
};
