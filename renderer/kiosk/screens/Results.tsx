import { useTranslation } from 'react-i18next';
import { Button, Headline, Lead, Mosaic, Notice, Paper, Shelf, stacksOf, Viewer } from '../../ui/index.ts';
import { Doubts } from './Doubts.tsx';
import type { ResultsProps } from './props.ts';

/** What was found: those that are surely of the guest, and apart from them those that the guest is asked about. */
export const Results = (props: ResultsProps) => {
  const { sure, maybe, newPhotos, openId, fault, onShare, onPrint, onPrintPhoto } = props;
  const { onOpen, onClose, onAnswer, onAgain, onFinish, onErase } = props;
  const { t } = useTranslation();
  const isSure = sure.length > 0;
  const canTake = onShare !== undefined || onPrint !== undefined;
  const open = openId === undefined ? undefined : [...sure, ...maybe].find((photo) => photo.id === openId);
  const title = isSure ? t('kiosk.results.title', { count: sure.length }) : t('kiosk.results.titleMaybe');
  return (
    <>
      <Paper
        words={
          <>
            <Headline>{title}</Headline>
            <Lead>
              {newPhotos > 0
                ? t('kiosk.results.new', { count: newPhotos })
                : t(isSure ? 'kiosk.results.lead' : 'kiosk.results.leadMaybe')}
            </Lead>
            {fault !== undefined && <Notice code={fault} />}
          </>
        }
        primary={
          <>
            {onPrint !== undefined && (
              <Button kind="primary" onPress={onPrint}>
                {t('kiosk.print.ask')}
              </Button>
            )}
            {onShare !== undefined && (
              <Button kind={onPrint === undefined ? 'primary' : 'choice'} onPress={onShare}>
                {t('kiosk.share.ask')}
              </Button>
            )}
            {!canTake && (
              <Button kind="primary" onPress={onFinish}>
                {t('kiosk.results.finish')}
              </Button>
            )}
          </>
        }
        leave={
          canTake && (
            <Button kind="plain" onPress={onFinish}>
              {t('kiosk.results.finish')}
            </Button>
          )
        }
        secondary={
          <>
            <Button kind="plain" onPress={onAgain}>
              {t('kiosk.results.again')}
            </Button>
            <Button kind="plain" onPress={onErase}>
              {t('kiosk.erase.ask')}
            </Button>
          </>
        }
      >
        <Shelf label={title}>
          {isSure && <Mosaic stacks={stacksOf(sure)} onOpen={onOpen} />}
          {maybe.length > 0 && <Doubts photos={maybe} isApart={isSure} onOpen={onOpen} onAnswer={onAnswer} />}
        </Shelf>
      </Paper>
      {open !== undefined && (
        <Viewer
          photos={sure.includes(open) ? sure : maybe}
          openId={open.id}
          onOpen={onOpen}
          onClose={onClose}
          answers={
            <>
              {onPrintPhoto !== undefined && sure.includes(open) && (
                <Button
                  kind="plain"
                  onPress={() => {
                    onPrintPhoto(open.id);
                  }}
                >
                  {t('kiosk.print.photo')}
                </Button>
              )}
              {maybe.includes(open) && (
                <Button
                  kind="plain"
                  onPress={() => {
                    onAnswer(open.id, true);
                  }}
                >
                  {t('kiosk.viewer.yes')}
                </Button>
              )}
              <Button
                kind="plain"
                onPress={() => {
                  onAnswer(open.id, false);
                }}
              >
                {t('kiosk.viewer.notMe')}
              </Button>
            </>
          }
        />
      )}
    </>
  );
};
