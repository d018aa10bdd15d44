import { useTranslation } from 'react-i18next';
import { Stepper } from '../../dense/index.ts';

/** On how many sheets. */
export function Copies({
  copies,
  most,
  onChange,
}: {
  copies: number;
  most: number;
  onChange: (copies: number) => void;
}) {
  const { t } = useTranslation('staff');
  return (
    <Stepper
      label={t('prints.copies')}
      value={copies}
      least={1}
      most={most}
      labels={{ less: t('prints.fewer'), more: t('prints.more') }}
      onChange={onChange}
    />
  );
}
