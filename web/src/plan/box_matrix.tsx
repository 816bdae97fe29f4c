// Any models on any devices: the smallest box that serves the wanted users, or one of the stated size. Which models and devices is part of the link.
import { choice_name, word } from '../i18n/i18n';
import { format_number } from '../i18n/format';
import { use_page, use_store } from '../state/context';
import type { Store } from '../state/store';
import type { BoxMatrix, MatrixCell } from '#engine_rest';
import {
  boxes_word,
  brief,
  device_name,
  DeviceName,
  held_name,
  model_name,
  ModelName,
  Num,
  Opens,
  ScrolledTable,
  unknown_figures,
} from './box_cells';
import { p, type PlanKey } from './words';

const most_nodes = '64'; // as the engine tries

export function Matrix({ matrix, currency }: { matrix: BoxMatrix; currency: string }) {
  const { store } = use_page();
  const count = store.value('purchase.devices');
  const title = count === 'auto' ? boxes_word('matrix') : boxes_word('matrix_sized', { count: String(count) });
  const money = { currency: choice_name(currency) };
  const columns = [
    { name: boxes_word('model') },
    { name: boxes_word('device') },
    { name: boxes_word('devices'), numeric: true },
    { name: boxes_word('format') },
    { name: boxes_word('weights_gb'), numeric: true },
    { name: boxes_word('users_with_room'), numeric: true },
    { name: boxes_word('users'), numeric: true },
    { name: boxes_word('tokens_per_s_per_user'), numeric: true },
    { name: boxes_word('tokens_per_s'), numeric: true },
    { name: boxes_word('price', money), numeric: true },
    { name: boxes_word('price_per_user', money), numeric: true },
    { name: boxes_word('per_hour', money), numeric: true },
    { name: boxes_word('per_million_tokens', money), numeric: true },
    { name: word('plan.machines.remark') },
  ];
  return (
    <section class="panel" aria-labelledby="plan-matrix">
      <h2 id="plan-matrix">{title}</h2>
      <div class="plan-pickers">
        <Picker of="models" shown={matrix.models} />
        <Picker of="devices" shown={matrix.devices} />
      </div>
      <ScrolledTable id="matrix" title={title} columns={columns}>
        {matrix.cells.map((cell) => (
          <Row key={`${cell.model} ${cell.device}`} cell={cell} />
        ))}
      </ScrolledTable>
    </section>
  );
}

// The table in a sentence or two for each model: what the one box gives, or on which tokens are cheapest and which costs least itself.
const most_models = 4;
export function MatrixAnswer({ matrix, currency }: { matrix: BoxMatrix; currency: string }) {
  return (
    <section class="panel plan-answer" aria-label={p('boxes.answer')}>
      {matrix.models.slice(0, most_models).map((model) => (
        <ModelAnswer
          key={model}
          model={model}
          cells={matrix.cells.filter((cell) => cell.model === model)}
          currency={currency}
        />
      ))}
    </section>
  );
}

function ModelAnswer({ model, cells, currency }: { model: string; cells: readonly MatrixCell[]; currency: string }) {
  const store = use_store();
  const served = cells.filter((cell) => (cell.users ?? 0) > 0);
  const of_tokens = cheapest_tokens_first(served)[0];
  const unpriced = served.filter((cell) => cell.per_million_tokens === null).length;
  const of_boxes = served.find((cell) => cell.cheapest) ?? of_tokens;
  const say = (key: PlanKey, cell?: MatrixCell) =>
    p(key, {
      model: model_name(store, model),
      speed: format_number(Number(store.resolved('purchase.tokens_per_s_per_user'))),
      box: cell ? box_name(store, cell) : '',
      users: brief(cell?.users ?? null),
      total: brief(cell?.tokens_per_s ?? null),
      money: brief(cell?.per_million_tokens ?? null),
      currency: choice_name(currency),
    });
  if (!of_tokens) return <p>{say('boxes.answer.none')}</p>;
  if (of_tokens.per_million_tokens === null) return <p>{say('boxes.answer.unpriced', of_tokens)}</p>;
  if (cells.length === 1) return <p>{say('boxes.answer.one', of_tokens)}</p>;
  return (
    <p>
      {say('boxes.answer.cheapest', of_tokens)}
      {of_boxes !== of_tokens && ` ${say('boxes.answer.least', of_boxes)}`}
      {unpriced > 0 && ` ${p('boxes.answer.others', { count: String(unpriced) })}`}
    </p>
  );
}

// What has no price comes last.
export const cheapest_tokens_first = (cells: readonly MatrixCell[]) =>
  [...cells].sort((one, other) => (one.per_million_tokens ?? Infinity) - (other.per_million_tokens ?? Infinity));

export const box_name = (store: Store, { devices, device }: MatrixCell) =>
  `${brief(devices)} × ${device_name(store, device)}`;

function Row({ cell }: { cell: MatrixCell }) {
  const is_known = cell.unknown.length === 0; // else nobody knows how many it would serve
  return (
    <tr data-cell={`${cell.model} ${cell.device}`}>
      <th scope="row">
        <ModelName id={cell.model} />
      </th>
      <td>
        <DeviceName id={cell.device} />
      </td>
      <Num>{brief(cell.devices)}</Num>
      <td>{held_name(cell)}</td>
      <Num>{brief(cell.weights_gb)}</Num>
      <Num>{brief(is_known ? cell.users_with_room : null)}</Num>
      <Num>
        <Opens link={cell.link}>{brief(is_known ? cell.users : null)}</Opens>
      </Num>
      <Num>{brief(cell.tokens_per_s_per_user)}</Num>
      <Num>{brief(cell.tokens_per_s)}</Num>
      <Num>{brief(cell.price)}</Num>
      <Num>{brief(cell.price_per_user)}</Num>
      <Num>{brief(cell.per_hour)}</Num>
      <Num>{brief(cell.per_million_tokens)}</Num>
      <td>{remark(cell)}</td>
    </tr>
  );
}

function remark(cell: MatrixCell): string {
  if (cell.devices === null) return boxes_word('too_large', { nodes: most_nodes });
  const parts = [];
  if (cell.smallest) parts.push(boxes_word('smallest'));
  if (cell.cheapest) parts.push(boxes_word('cheapest'));
  if (cell.unknown.length > 0) parts.push(unknown_figures(cell.unknown));
  return parts.join(', ');
}

// The list with a button to take each away, and one to add to it.
function Picker({ of, shown }: { of: 'models' | 'devices'; shown: readonly string[] }) {
  const { store, views } = use_page();
  const names = store.engine.names()[of];
  const name = (id: string) => (of === 'models' ? model_name : device_name)(store, id);
  const most = 16; // rows that a table can be read with
  const choose = (ids: string[]) => views.edit_plan({ [of]: ids });
  const id = `plan-add-${of}`;
  return (
    <div class="plan-picker" role="group" aria-label={p(`boxes.${of}`)}>
      {shown.map((each) => (
        <button
          key={each}
          type="button"
          disabled={shown.length === 1}
          title={p('boxes.remove', { name: name(each) })}
          aria-label={p('boxes.remove', { name: name(each) })}
          onClick={() => choose(shown.filter((other) => other !== each))}
        >
          {name(each)} ×
        </button>
      ))}
      {shown.length < most && (
        <select
          id={id}
          aria-label={p(`boxes.add_${of}`)}
          value=""
          onChange={(event) => choose([...shown, event.currentTarget.value])}
        >
          <option value="">{p(`boxes.add_${of}`)}</option>
          {names
            .filter((each) => !shown.includes(each.id))
            .map((each) => (
              <option key={each.id} value={each.id}>
                {each.name}
              </option>
            ))}
        </select>
      )}
      {views.plan.value[of].length > 0 && (
        <button type="button" onClick={() => choose([])}>
          {p('boxes.standard')}
        </button>
      )}
    </div>
  );
}
