import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language, Protection } from '../../preload/index.ts';
import { DenseButton, Dialog, Field, Say } from '../dense/index.ts';
import type { Desk, StaffLine } from './desk.ts';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { isUsable, NewPassphrase, noPassphrase } from './NewPassphrase.tsx';
import { useDo } from './useDo.ts';
import { useFaultText } from './useFaultText.ts';

type Open = 'menu' | 'pin' | 'passphrase' | 'quit' | undefined;

/** What concerns the booth as a whole. */
export function FrameMenu({
  desk,
  language,
  version,
  by,
}: {
  desk: Desk;
  language: Language;
  version: string;
  by: Protection['by'] | undefined;
}) {
  const { t } = useTranslation('staff');
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  return (
    <>
      <DenseButton onPress={() => setOpen('menu')}>{t('menu.open')}</DenseButton>
      {open === 'menu' && (
        <Dialog
          title={t('menu.title')}
          onClose={close}
          actions={<DenseButton onPress={close}>{t('close')}</DenseButton>}
        >
          <LanguageSwitch language={language} onLanguage={desk.setLanguage} />
          <DenseButton onPress={() => setOpen('pin')}>{t('menu.pin')}</DenseButton>
          {by !== undefined && <p>{t(`menu.keys.${by}`)}</p>}
          <DenseButton onPress={() => setOpen('passphrase')}>{t('menu.passphrase')}</DenseButton>
          <DenseButton kind="danger" onPress={() => setOpen('quit')}>
            {t('menu.quit')}
          </DenseButton>
          <p>{t('menu.version', { version })}</p>
        </Dialog>
      )}
      {open === 'pin' && <ChangePin line={desk.line} onClose={close} />}
      {open === 'passphrase' && <Protect line={desk.line} onClose={close} />}
      {open === 'quit' && <Quit line={desk.line} onClose={close} />}
    </>
  );
}

interface StepProps {
  line: StaffLine;
  onClose: () => void;
}

function ChangePin({ line, onClose }: StepProps) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const { isBusy, fault, run } = useDo(line);
  const [pins, setPins] = useState({ pin: '', newPin: '', again: '' });
  const shape = /^\d{4,12}$/;
  const isReady = shape.test(pins.pin) && shape.test(pins.newPin) && pins.newPin === pins.again;
  const entry = (name: keyof typeof pins) => (
    <Field label={t(`changePin.${name}`)}>
      {(ids) => (
        <input
          {...ids}
          type="password"
          inputMode="numeric"
          autoComplete="off"
          value={pins[name]}
          onChange={({ target }) => setPins({ ...pins, [name]: target.value.replaceAll(/\D/g, '') })}
        />
      )}
    </Field>
  );
  return (
    <Dialog
      title={t('menu.pin')}
      onClose={onClose}
      actions={
        <>
          <DenseButton onPress={onClose}>{t('cancel')}</DenseButton>
          <DenseButton
            kind="primary"
            isDisabled={!isReady || isBusy}
            onPress={() => run('staff:change-pin', { pin: pins.pin, newPin: pins.newPin }, onClose)}
          >
            {t(isBusy ? 'busy' : 'save')}
          </DenseButton>
        </>
      }
    >
      {fault !== undefined && <Say>{faultText(fault.code)}</Say>}
      {entry('pin')}
      {entry('newPin')}
      {entry('again')}
    </Dialog>
  );
}

function Protect({ line, onClose }: StepProps) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const { isBusy, fault, run } = useDo(line);
  const [passphrase, setPassphrase] = useState(noPassphrase);
  return (
    <Dialog
      title={t('menu.passphrase')}
      onClose={onClose}
      actions={
        <>
          <DenseButton onPress={onClose}>{t('cancel')}</DenseButton>
          <DenseButton
            kind="primary"
            isDisabled={!isUsable(passphrase) || isBusy}
            onPress={() => run('keys:protect', { passphrase: passphrase.first }, onClose)}
          >
            {t(isBusy ? 'busy' : 'save')}
          </DenseButton>
        </>
      }
    >
      <p>{t('passphrase.lead')}</p>
      {fault !== undefined && <Say>{faultText(fault.code)}</Say>}
      <NewPassphrase value={passphrase} onChange={setPassphrase} />
    </Dialog>
  );
}

function Quit({ line, onClose }: StepProps) {
  const { t } = useTranslation('staff');
  const { run } = useDo(line);
  return (
    <Dialog
      title={t('quit.title')}
      onClose={onClose}
      actions={
        <>
          <DenseButton onPress={onClose}>{t('cancel')}</DenseButton>
          <DenseButton kind="danger" onPress={() => run('booth:quit', {})}>
            {t('menu.quit')}
          </DenseButton>
        </>
      }
    >
      <p>{t('quit.lead')}</p>
    </Dialog>
  );
}
