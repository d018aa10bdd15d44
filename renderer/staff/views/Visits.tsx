import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffVisit } from '../../../preload/index.ts';
import { DenseButton, Dialog, Field, Say, Switch, Table } from '../../dense/index.ts';
import { languageNames } from '../../ui/index.ts';
import type { StaffLine } from '../desk.ts';
import { useAsked } from '../useAsked.ts';
import { useDo } from '../useDo.ts';
import { useFaultText } from '../useFaultText.ts';
import { useTimes } from '../useTimes.ts';
import type { ViewProps } from './index.ts';
import styles from './views.module.css';
import { WithdrawLink } from './WithdrawLink.tsx';

/** Whom an erasure is of. */
type Erasing = { by: 'visit'; visit: StaffVisit } | { by: 'code' };

/** Today's visits; nobody is shown. */
export function Visits({ line }: ViewProps) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const { value, fault, again } = useAsked(line, 'visits:today', {}, { everyMs: 5_000 });
  const [erasing, setErasing] = useState<Erasing>();
  const [erasedFaces, setErasedFaces] = useState<number>();

  return (
    <>
      <div className={styles['row']}>
        <DenseButton onPress={() => setErasing({ by: 'code' })}>{t('visits.eraseByCode')}</DenseButton>
      </div>
      {fault !== undefined && <Say>{faultText(fault.code)}</Say>}
      {erasedFaces !== undefined && <Say state="good">{t('visits.erased', { count: erasedFaces })}</Say>}
      {value?.length === 0 && <p className={styles['empty']}>{t('visits.none')}</p>}
      {value !== undefined && value.length > 0 && (
        <Table
          label={t('views.visits')}
          columns={[
            { name: t('visits.began') },
            { name: t('visits.ended') },
            { name: t('visits.language') },
            { name: t('visits.photos'), isFigure: true },
            { name: t('visits.code') },
            { name: t('visits.link') },
            { name: t('visits.name') },
            { name: '' },
          ]}
        >
          {value.map((visit) => (
            <VisitRow
              key={`${visit.visitId}${visit.erasedAt ?? ''}`}
              line={line}
              visit={visit}
              onErase={setErasing}
              onWithdrawn={again}
            />
          ))}
        </Table>
      )}
      {erasing !== undefined && (
        <Erase
          line={line}
          erasing={erasing}
          onClose={() => setErasing(undefined)}
          onErased={(faces) => {
            setErasing(undefined);
            setErasedFaces(faces);
            again();
          }}
        />
      )}
    </>
  );
}

function VisitRow({
  line,
  visit,
  onErase,
  onWithdrawn,
}: {
  line: StaffLine;
  visit: StaffVisit;
  onErase: (erasing: Erasing) => void;
  onWithdrawn: () => void;
}) {
  const { t } = useTranslation('staff');
  const times = useTimes();
  const doing = useDo(line);
  const [name, setName] = useState(visit.name ?? '');
  if (visit.erasedAt !== undefined) {
    return (
      <tr className={styles['gone']}>
        <td colSpan={8}>{t('visits.erasedAt', { time: times.time(visit.erasedAt) })}</td>
      </tr>
    );
  }
  return (
    <tr>
      <td>{times.time(visit.beganAt)}</td>
      <td>{visit.endedAt === undefined ? t('visits.here') : times.time(visit.endedAt)}</td>
      <td>{visit.language !== undefined && languageNames[visit.language]}</td>
      <td data-figure>{visit.photos}</td>
      <td>{t(visit.hasCode ? 'yes' : 'no')}</td>
      <td>
        <span className={styles['pair']}>
          {t(visit.hasLink ? 'yes' : 'no')}
          {visit.hasLink && <WithdrawLink line={line} visit={visit} onWithdrawn={onWithdrawn} />}
        </span>
      </td>
      <td>
        <input
          aria-label={t('visits.nameOf', { time: times.time(visit.beganAt) })}
          placeholder={t('visits.nameHint')}
          maxLength={80}
          value={name}
          onChange={({ target }) => setName(target.value)}
          onBlur={() => {
            if (name.trim() !== (visit.name ?? '')) doing.run('visits:name', { visitId: visit.visitId, name });
          }}
        />
      </td>
      <td>
        <DenseButton kind="danger" onPress={() => onErase({ by: 'visit', visit })}>
          {t('visits.erase')}
        </DenseButton>
      </td>
    </tr>
  );
}

function Erase({
  line,
  erasing,
  onClose,
  onErased,
}: {
  line: StaffLine;
  erasing: Erasing;
  onClose: () => void;
  onErased: (faces: number) => void;
}) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const doing = useDo(line);
  const [withFaces, setWithFaces] = useState(false);
  const [code, setCode] = useState('');
  const done = ({ faces }: { faces: number }) => onErased(faces);
  return (
    <Dialog
      title={t('visits.eraseTitle')}
      onClose={onClose}
      actions={
        <>
          <DenseButton onPress={onClose}>{t('cancel')}</DenseButton>
          <DenseButton
            kind="danger"
            isDisabled={doing.isBusy || (erasing.by === 'code' && code === '')}
            onPress={() => {
              if (erasing.by === 'code') doing.run('visits:erase-code', { code, withFaces }, done);
              else doing.run('visits:erase', { visitId: erasing.visit.visitId, withFaces }, done);
            }}
          >
            {t(doing.isBusy ? 'busy' : 'visits.erase')}
          </DenseButton>
        </>
      }
    >
      <p>{t('visits.eraseLead')}</p>
      {erasing.by === 'code' && (
        <Field label={t('visits.guestsCode')} wrong={doing.fault && faultText(doing.fault.code)}>
          {(ids) => (
            <input
              {...ids}
              autoComplete="off"
              value={code}
              onChange={({ target }) => setCode(target.value.toUpperCase())}
            />
          )}
        </Field>
      )}
      {erasing.by === 'visit' && doing.fault !== undefined && <Say>{faultText(doing.fault.code)}</Say>}
      <Switch label={t('visits.withFaces')} hint={t('visits.withFacesHint')} isOn={withFaces} onTurn={setWithFaces} />
    </Dialog>
  );
}
