// What a plan of boxes and a sweep answer, before any script: a small table, and its numbers for the card.
import { format_number } from '../i18n/format';
import { choice_name, quantity_name, unit_name } from '../i18n/i18n';
import { boxes_word, brief, Num, ScrolledTable } from '../plan/box_cells';
import { box_name, cheapest_tokens_first } from '../plan/box_matrix';
import { quantity_unit } from '../panels/quantities';
import type { CardNumber } from '../share/card';
import type { Store } from '../state/store';
import { best_rows, bounds_text } from '../sweep/best';
import type { SweepPlan, SweepRow, SweepSpec } from '../engine/engine';
import type { BoxesPlan } from '#engine_rest';

export interface SweepAnswer {
  sweep: SweepSpec;
  plan: SweepPlan;
  best_per: SweepRow[];
}
interface Answer {
  numbers_are: string; // what, where their names do not say it
  columns: string[];
  rows: { name: string; cells: string[] }[];
  numbers: CardNumber[];
}

// Of one box, what it gives; of several, what their tokens cost, cheapest first.
export function boxes_answer(store: Store, { matrix, currency }: BoxesPlan): Answer {
  const money = { currency: choice_name(currency) };
  const served = cheapest_tokens_first(matrix.cells.filter((cell) => (cell.users ?? 0) > 0));
  const columns = (
    ['users_with_room', 'users', 'tokens_per_s_per_user', 'tokens_per_s', 'price', 'per_million_tokens'] as const
  ).filter((column) => served.some((cell) => cell[column] !== null));
  const name = (column: string) => boxes_word(column, money);
  const rows = served.map((cell) => ({
    name: box_name(store, cell),
    cells: columns.map((column) => brief(cell[column])),
    per_million_tokens: brief(cell.per_million_tokens),
  }));
  const numbers =
    rows.length === 1
      ? columns.map((column, at) => ({ name: name(column), value: rows[0]!.cells[at]!, unit: '' }))
      : rows.map((row) => ({ name: row.name, value: row.per_million_tokens, unit: name('per_million_tokens') }));
  return { numbers_are: '', columns: columns.map(name), rows, numbers: numbers.slice(0, 6) };
}

export function sweep_answer(store: Store, { sweep, plan, best_per }: SweepAnswer): Answer {
  const unit = (quantity: string) => unit_name(quantity_unit(store.engine, quantity));
  const best = best_rows(store, sweep, plan, best_per);
  return {
    numbers_are: [quantity_name(sweep.objective.quantity), ...bounds_text(store, sweep)].join(' · '),
    columns: plan.columns.map((quantity) => `${quantity_name(quantity)} (${unit(quantity)})`),
    rows: best.map(({ row, name }) => ({ name, cells: row.values.map((value) => format_number(value)) })),
    numbers: best.slice(0, 6).map(({ name, value, unit }) => ({ name, value, unit })),
  };
}

export function AnswerTable({ title, answer }: { title: string; answer: Answer }) {
  return (
    <ScrolledTable
      id="answer"
      title={title}
      columns={[{ name: '' }, ...answer.columns.map((name) => ({ name, numeric: true }))]}
    >
      {answer.rows.map(({ name, cells }) => (
        <tr key={name}>
          <th scope="row">{name}</th>
          {cells.map((cell, at) => (
            <Num key={at}>{cell}</Num>
          ))}
        </tr>
      ))}
    </ScrolledTable>
  );
}
