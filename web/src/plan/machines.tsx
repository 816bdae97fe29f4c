// The machines of a printed table beside predictions, its cards beside dense figures, and the matrix.
import { format_fixed } from '../i18n/format';
import { parameter_name, word } from '../i18n/i18n';
import type { CardRow, MachineRow, MachinesPlan } from '#engine_rest';
import { boxes_word, brief, DeviceName, held_name, ModelName, Num, Opens, ScrolledTable } from './box_cells';
import { BoxInputs } from './box_inputs';
import { Matrix } from './box_matrix';
import { p } from './words';

const say = (key: string, places?: Record<string, string>) => word(`plan.machines.${key}`, key, places);

export function Machines({ plan }: { plan: MachinesPlan }) {
  return (
    <>
      <Rows plan={plan} />
      <Cards cards={plan.cards} />
      <BoxInputs />
      <Matrix matrix={plan.matrix} currency={plan.currency} />
    </>
  );
}

function Rows({ plan }: { plan: MachinesPlan }) {
  const ratios = plan.rows.flatMap(({ ratio }) => ratio ?? []).sort((one, other) => one - other);
  const assumed = { prompt: brief(plan.assumed_prompt_tokens), output: brief(plan.assumed_output_tokens) };
  const columns = [
    { name: boxes_word('model') },
    { name: say('machine') },
    { name: say('configuration') },
    { name: say('taken_as') },
    { name: boxes_word('format') },
    { name: say('printed_tokens_per_s'), numeric: true },
    { name: say('predicted_tokens_per_s'), numeric: true },
    { name: say('ratio'), numeric: true },
    { name: say('printed_concurrency'), numeric: true },
    { name: boxes_word('users_with_room'), numeric: true },
    { name: say('predicted_users'), numeric: true },
    { name: say('printed_per_user'), numeric: true },
    { name: boxes_word('tokens_per_s_per_user'), numeric: true },
    { name: say('most_context'), numeric: true },
    { name: say('remark') },
  ];
  return (
    <section class="panel" aria-labelledby="plan-machines">
      <h2 id="plan-machines">{say('rows')}</h2>
      {ratios.length > 0 && (
        <p class="plan-answer-line">
          {p('machines.answer', {
            rows: String(ratios.length),
            all: String(plan.rows.length),
            median: format_fixed(ratios[Math.floor(ratios.length / 2)]!, 2),
            least: format_fixed(ratios[0]!, 2),
            most: format_fixed(ratios.at(-1)!, 2),
          })}
        </p>
      )}
      <p class="hint">{say('assumptions', assumed)}</p>
      <ScrolledTable id="machines" title={say('rows')} columns={columns}>
        {plan.rows.map((row, index) => (
          <Row key={index} row={row} />
        ))}
      </ScrolledTable>
    </section>
  );
}

function Row({ row }: { row: MachineRow }) {
  return (
    <tr data-machine={`${row.model} ${row.machine} ${row.configuration}`}>
      <th scope="row">
        <ModelName id={row.model} />
      </th>
      <td>{row.machine}</td>
      <td>{row.configuration}</td>
      <td>
        {brief(row.devices)} × <DeviceName id={row.device} />
      </td>
      <td>{held_name(row)}</td>
      <Num>{brief(row.printed_tokens_per_s)}</Num>
      <Num>
        <Opens link={row.link}>{brief(row.tokens_per_s)}</Opens>
      </Num>
      <Num>{brief(row.ratio)}</Num>
      <Num>{brief(row.printed_concurrency)}</Num>
      <Num>{brief(row.users_with_room)}</Num>
      <Num>{brief(row.link === null ? null : row.users)}</Num>
      <Num>{brief(row.printed_tokens_per_s_per_user)}</Num>
      <Num>{brief(row.tokens_per_s_per_user)}</Num>
      <Num>{brief(row.most_context_tokens)}</Num>
      <td>{remark(row)}</td>
    </tr>
  );
}

function remark(row: MachineRow): string {
  if (!row.covered) return say('remark.not_covered');
  if (row.unknown.length > 0) return say('remark.unknown', { figures: row.unknown.map(parameter_name).join(', ') });
  if (row.users_with_room < Math.max(1, row.printed_concurrency ?? 0)) return say('remark.does_not_fit');
  if (row.link === null) return say('remark.too_slow');
  return say(row.ratio === null ? 'remark.not_enough_printed' : 'remark.compared');
}

function Cards({ cards }: { cards: readonly CardRow[] }) {
  const printed = say('as_printed');
  const columns = [
    { name: say('card') },
    { name: boxes_word('device') },
    ...(['memory_gb', 'bandwidth_gb_per_s', 'link_gb_per_s', 'fp16_tflops', 'int8_tops'] as const).flatMap((key) => [
      { name: say(key), numeric: true },
      { name: printed, numeric: true },
    ]),
    { name: 'FP16' },
    { name: 'INT8' },
  ];
  return (
    <section class="panel" aria-labelledby="plan-cards">
      <h2 id="plan-cards">{say('cards')}</h2>
      <ScrolledTable id="cards" title={say('cards')} columns={columns}>
        {cards.map((row) => (
          <tr key={row.card} data-card={row.card}>
            <th scope="row">{row.card}</th>
            <td>
              <DeviceName id={row.device} />
            </td>
            <Num>{brief(row.memory_gb)}</Num>
            <Num>{brief(row.printed_memory_gb)}</Num>
            <Num>{brief(row.bandwidth_gb_per_s)}</Num>
            <Num>{brief(row.printed_bandwidth_gb_per_s)}</Num>
            <Num>{brief(row.link_gb_per_s)}</Num>
            <Num>{brief(row.printed_link_gb_per_s)}</Num>
            <Num>{brief(row.fp16_tflops)}</Num>
            <Num>{brief(row.printed_fp16_tflops)}</Num>
            <Num>{brief(row.int8_tops)}</Num>
            <Num>{brief(row.printed_int8_tops)}</Num>
            <td>{say(`reading.${row.fp16_reading}`)}</td>
            <td>{say(`reading.${row.int8_reading}`)}</td>
          </tr>
        ))}
      </ScrolledTable>
    </section>
  );
}
