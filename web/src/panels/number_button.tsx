// A number that explains itself when pressed.
import type { ComponentChildren } from 'preact';
import { quantity_name, t, unit_name } from '../i18n/i18n';
import { format_number } from '../i18n/format';
import { use_store } from '../state/context';

interface NumberButtonProps {
  quantity: string;
  value: number | null | undefined;
  unit?: string;
  children?: ComponentChildren;
}

export function NumberButton({ quantity, value, unit = '', children }: NumberButtonProps) {
  const store = use_store();
  return (
    <button
      type="button"
      class="number"
      data-quantity={quantity}
      title={t('number.explain', { name: quantity_name(quantity) })}
      onClick={() => (store.explaining.value = [quantity])}
    >
      <span class="visually-hidden">{quantity_name(quantity)}: </span>
      {children ?? format_number(value)}
      {unit !== '' && <span class="unit"> {unit_name(unit)}</span>}
    </button>
  );
}
