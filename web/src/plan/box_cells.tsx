// What the tables of boxes and machines share: numbers, names, links into the calculator, a table that scrolls by itself.
import type { ComponentChildren } from 'preact';
import { format_fixed, format_number, missing } from '../i18n/format';
import { parameter_name, word } from '../i18n/i18n';
import { name_of } from '../panels/options';
import { use_store } from '../state/context';
import type { Store } from '../state/store';
import type { HeldWeights } from '#engine_rest';

// Three digits or so: what plans are worth.
export function brief(value: number | null): string {
  if (value === null) return missing;
  if (Number.isInteger(value) || Math.abs(value) >= 100) return format_number(Math.round(value));
  return format_fixed(value, Math.abs(value) >= 10 ? 1 : 2);
}

export const device_name = (store: Store, id: string) => name_of(store.engine, store.info('device'), id);
export const DeviceName = ({ id }: { id: string }) => <>{device_name(use_store(), id)}</>;
export const model_name = (store: Store, id: string) => name_of(store.engine, store.info('model'), id);
export const ModelName = ({ id }: { id: string }) => <>{model_name(use_store(), id)}</>;
export const boxes_word = (key: string, places?: Record<string, string>) => word(`plan.boxes.${key}`, key, places);
export const held_name = ({ format, computed_in }: HeldWeights) => boxes_word(`held.${format}_${computed_in}`);
export const unknown_figures = (unknown: readonly string[]) =>
  boxes_word('unknown', { figures: unknown.map(parameter_name).join(', ') });

// A number that opens its own question in the calculator.
export function Opens({ link, children }: { link: string | null; children: ComponentChildren }) {
  return link === null ? <>{children}</> : <a href={`#${link}`}>{children}</a>;
}

interface Column {
  name: string;
  numeric?: boolean;
}
interface TableProps {
  id: string;
  title: string;
  columns: readonly Column[];
  children: ComponentChildren;
}

export function ScrolledTable({ id, title, columns, children }: TableProps) {
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={title}>
      <table class="cells" data-table={id}>
        <caption class="visually-hidden">{title}</caption>
        <thead>
          <tr>
            {columns.map(({ name, numeric }, index) => (
              <th key={index} scope="col" class={numeric ? 'num' : ''}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

export function Num({ children, title }: { children: ComponentChildren; title?: string }) {
  return (
    <td class="num" title={title}>
      {children}
    </td>
  );
}
