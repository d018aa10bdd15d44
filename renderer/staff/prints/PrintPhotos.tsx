import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mostCopies, photoUrl, type TemplateLook, type WallPhoto } from '../../../preload/index.ts';
import { DenseButton, Dialog, Say } from '../../dense/index.ts';
import type { StaffLine } from '../desk.ts';
import { useAsked } from '../useAsked.ts';
import { useDo } from '../useDo.ts';
import { useFaultText } from '../useFaultText.ts';
import { Copies } from './Copies.tsx';
import { PageView } from './PageView.tsx';
import { isReady } from './printerState.ts';
import styles from './prints.module.css';
import { useSheet } from './useSheet.ts';
import { useTemplateName } from './useTemplateName.ts';

interface PrintPhotosProps {
  line: StaffLine;
  /** In the order in which they come on the sheet. */
  photos: readonly WallPhoto[];
  onClose: () => void;
  /** @param copies sheets that were ordered */
  onOrdered: (copies: number) => void;
}

/** One photo is looked at first, and printed if it is the one. */
export function PrintPhotos(props: PrintPhotosProps) {
  const { t } = useTranslation('staff');
  const first = props.photos.at(0);
  const [isLooking, setIsLooking] = useState(props.photos.length === 1);
  if (!isLooking || first === undefined) return <SheetDialog {...props} />;
  return (
    <Dialog
      isWide
      title={t('wall.photo')}
      onClose={props.onClose}
      actions={
        <>
          <DenseButton onPress={props.onClose}>{t('close')}</DenseButton>
          <DenseButton kind="primary" onPress={() => setIsLooking(false)}>
            {t('prints.print')}
          </DenseButton>
        </>
      }
    >
      <img
        className={styles['large']}
        src={photoUrl(first, 'screen')}
        width={first.width}
        height={first.height}
        alt={t('wall.faces', { count: first.faces.length })}
      />
    </Dialog>
  );
}

/** How the sheet is to be, and how it comes out. */
function SheetDialog({ line, photos, onClose, onOrdered }: PrintPhotosProps) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const templateName = useTemplateName();
  const doing = useDo(line);
  const { value, fault } = useAsked(line, 'prints:open', {}, { on: 'prints:changed' });
  const [chosen, setChosen] = useState<string>();
  const [copies, setCopies] = useState(1);
  const fitting = value?.templates.filter((template) => fits(template, photos.length));
  const template = fitting?.find(({ id }) => id === chosen) ?? fitting?.[0];
  const { drawn, again } = useSheet(
    line,
    template && { templateId: template.id, photoIds: photos.map(({ id }) => id) },
  );

  function order(): void {
    if (drawn?.ok === true) doing.run('prints:order', { pageId: drawn.value.id, copies }, () => onOrdered(copies));
  }

  return (
    <Dialog
      isWide
      title={t('prints.print')}
      onClose={onClose}
      actions={
        <>
          <DenseButton onPress={onClose}>{t('cancel')}</DenseButton>
          <DenseButton kind="primary" isDisabled={drawn?.ok !== true || doing.isBusy} onPress={order}>
            {t(doing.isBusy ? 'busy' : 'prints.print')}
          </DenseButton>
        </>
      }
    >
      {fault !== undefined && <Say detail={fault.detail}>{faultText(fault.code)}</Say>}
      {doing.fault !== undefined && <Say detail={doing.fault.detail}>{faultText(doing.fault.code)}</Say>}
      {value !== undefined && !value.printers.some(isReady) && <Say state="warning">{t('prints.willWait')}</Say>}
      {fitting?.length === 0 && <Say state="warning">{t('prints.noTemplate', { count: photos.length })}</Say>}
      {template !== undefined && (
        <div className={styles['order-sheet']}>
          <div className={styles['place']}>
            {drawn === undefined && (
              <p className={styles['page']} style={{ '--aspect': aspectOf(template, photos) }}>
                {t('prints.drawing')}
              </p>
            )}
            {drawn?.ok === true && <PageView page={drawn.value} />}
            {drawn?.ok === false && (
              <Say detail={drawn.fault.detail}>
                {faultText(drawn.fault.code)}
                <DenseButton kind="plain" onPress={again}>
                  {t('prints.drawAgain')}
                </DenseButton>
              </Say>
            )}
          </div>
          <div className={styles['choice']}>
            <div className={styles['ways']} role="group" aria-label={t('prints.template')}>
              {fitting?.map((one) => (
                <DenseButton key={one.id} isChosen={one.id === template.id} onPress={() => setChosen(one.id)}>
                  {templateName(one)}
                </DenseButton>
              ))}
            </div>
            <Copies copies={copies} most={mostCopies} onChange={setCopies} />
          </div>
        </div>
      )}
    </Dialog>
  );
}

/** Of the sheet that is awaited. */
const aspectOf = ({ aspect, turns }: TemplateLook, [first]: readonly WallPhoto[]): number =>
  turns && first.width > first.height ? 1 / aspect : aspect;

/** The crew has no gallery that a sheet could lead to. */
const fits = ({ photos, hasLink }: TemplateLook, count: number): boolean => photos === count && !hasLink;
