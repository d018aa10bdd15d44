import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PrinterLook, StaffOrder, TemplateLook } from '../../../preload/index.ts';
import { DenseButton, Table } from '../../dense/index.ts';
import type { StaffLine } from '../desk.ts';
import { OrderRow } from './OrderRow.tsx';
import { wantsCrew } from './orderState.ts';
import styles from './prints.module.css';

interface OrdersProps {
  line: StaffLine;
  /** Newest first. */
  orders: readonly StaffOrder[];
  printers: readonly PrinterLook[];
  templates: readonly TemplateLook[];
  onDone: () => void;
}

/** Every order, or those that do not go on by themselves. */
export function Orders({ line, orders, printers, templates, onDone }: OrdersProps) {
  const { t } = useTranslation('staff');
  const [which, setWhich] = useState<'all' | 'toSee'>('all');
  const toSee = orders.filter(wantsCrew);
  const shown = which === 'all' ? orders : toSee;
  if (orders.length === 0) return <p className={styles['empty']}>{t('prints.noOrders')}</p>;
  return (
    <section className={styles['orders']}>
      <div className={styles['spread']}>
        <h2>{t('prints.orders')}</h2>
        <div className={styles['row']} role="group" aria-label={t('prints.which')}>
          <DenseButton isChosen={which === 'all'} onPress={() => setWhich('all')}>
            {t('prints.all')}
          </DenseButton>
          <DenseButton isChosen={which === 'toSee'} onPress={() => setWhich('toSee')}>
            {t('prints.toSee', { count: toSee.length })}
          </DenseButton>
        </div>
      </div>
      {shown.length === 0 ? (
        <p>{t('prints.nothingToSee')}</p>
      ) : (
        <Table
          label={t('prints.orders')}
          columns={[
            { name: t('prints.page') },
            { name: t('prints.ordered') },
            { name: t('prints.sheets') },
            { name: t('prints.state') },
            { name: '' },
          ]}
        >
          {shown.map((order) => (
            <OrderRow
              key={order.orderId}
              line={line}
              order={order}
              printers={printers}
              template={templates.find(({ id }) => id === order.templateId)}
              onDone={onDone}
            />
          ))}
        </Table>
      )}
    </section>
  );
}
