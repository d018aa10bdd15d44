import { useTranslation } from 'react-i18next';
import { mostCopies, pageUrl } from '../../../preload/index.ts';
import { Button, Headline, Lead, Notice, Paper, Sheet, Stepper, useIsLandscape } from '../../ui/index.ts';
import { figureFor } from '../templates/index.ts';
import styles from './PrintSheet.module.css';
import type { PrintSheetProps } from './props.ts';
import { TemplateChoices } from './TemplateChoices.tsx';

/** The sheet as it will come out, the others that it could be, and how many of it. */
export const PrintSheet = (props: PrintSheetProps) => {
  const { photos, templates, templateId, page, copies, left, access, price, isBusy, fault } = props;
  const { onTemplate, onCopies, onRetry, onPrint, onBack } = props;
  const { t } = useTranslation();
  const isLandscape = useIsLandscape();
  const template = templates.find(({ id }) => id === templateId);
  const drawn = page === 'failed' ? undefined : page;
  const isFailed = page === 'failed';
  const aspect = drawn === undefined ? template && figureFor(template, photos).aspect : drawn.width / drawn.height;
  const terms = {
    free: t('kiosk.print.exact'),
    voucher: t('kiosk.print.withVoucher'),
    paid: price === '' ? t('kiosk.print.paid') : t('kiosk.print.price', { price }),
  };
  /** How many are left, and where the limit is reached, why. */
  const copiesWords = (count: number): string => {
    const most = mostOf(left);
    if (count < most) return left === most ? t('kiosk.print.left', { count: left }) : '';
    return left === most ? t('kiosk.print.last', { count: left }) : t('kiosk.print.most', { count: most });
  };
  // Near the number that they are about.
  const notes = (
    <div className={styles['notes']}>
      <p role="status">{copiesWords(copies)}</p>
      {template?.hasLink === true && <p>{t('kiosk.print.link')}</p>}
    </div>
  );
  return (
    <Paper
      words={
        <>
          <Headline>{t('kiosk.print.title')}</Headline>
          <Lead>{terms[access]}</Lead>
          {fault !== undefined && <Notice code={fault} />}
        </>
      }
      primary={
        isFailed ? (
          <Button kind="primary" onPress={onRetry}>
            {t('kiosk.print.retry')}
          </Button>
        ) : (
          <>
            {isLandscape && notes}
            <Stepper
              label={t('kiosk.print.copiesLabel')}
              value={copies}
              least={1}
              most={mostOf(left)}
              fewer={t('kiosk.print.fewer')}
              more={t('kiosk.print.more')}
              isDisabled={isBusy}
              onChange={onCopies}
            />
            <Button kind="primary" isDisabled={isBusy || drawn === undefined} onPress={onPrint}>
              {isBusy ? t('kiosk.print.busy') : t('kiosk.print.print', { count: copies })}
            </Button>
          </>
        )
      }
      secondary={
        <Button kind="plain" isDisabled={isBusy} onPress={onBack}>
          {t('kiosk.print.back')}
        </Button>
      }
    >
      <div className={styles['print']}>
        <div className={styles['sheet']}>
          <Sheet
            url={drawn && pageUrl(drawn)}
            aspect={aspect ?? 1}
            alt={t('kiosk.print.preview', { count: photos.length })}
          >
            <span role="status">{t(isFailed ? 'kiosk.print.failed' : 'kiosk.print.drawing')}</span>
          </Sheet>
        </div>
        <div className={styles['foot']}>
          {templates.length > 1 && (
            <TemplateChoices templates={templates} photos={photos} templateId={templateId} onTemplate={onTemplate} />
          )}
          {!isLandscape && notes}
        </div>
      </div>
    </Paper>
  );
};

const mostOf = (left: number | undefined): number => Math.min(left ?? mostCopies, mostCopies);
