import { useTranslation } from 'react-i18next';
import type { FaultCode } from '../../preload/index.ts';

/** The sentence of a fault, in the window's language. */
export function useFaultText(): (code: FaultCode) => string {
  const { t } = useTranslation();
  return (code) => t(`fault.${code}`);
}
