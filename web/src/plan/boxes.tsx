// The boxes of the sizing guide, computed: its figures and advice beside ours, why, and the formats of each.
import { choice_name } from '../i18n/i18n';
import { use_page } from '../state/context';
import { is_narrow } from '../state/media';
import type { BoxesPlan, BoxRow, JudgedBox } from '#engine_rest';
import { boxes_word, brief, DeviceName, held_name, Num, Opens, ScrolledTable } from './box_cells';
import { BoxInputs } from './box_inputs';
import { Matrix, MatrixAnswer } from './box_matrix';
import { Primer } from './primer';
import { p } from './words';

export function Boxes({ plan }: { plan: BoxesPlan }) {
  const { models, devices } = use_page().views.plan.value;
  const own = models.length + devices.length > 0; // then the answer comes before the guide's boxes, and on a phone before the form
  const matrix = <Matrix matrix={plan.matrix} currency={plan.currency} />;
  return (
    <>
      <MatrixAnswer matrix={plan.matrix} currency={plan.currency} />
      {own && is_narrow.value && matrix}
      <BoxInputs />
      {own && !is_narrow.value && matrix}
      <Table plan={plan} />
      <Why rows={plan.rows} />
      <Rules plan={plan} />
      {!own && matrix}
      <Primer plan={plan} />
    </>
  );
}

const verdict_class = (verdict: string) =>
  verdict === 'most_recommended' || verdict === 'recommended' ? 'good' : verdict === 'not_recommended' ? 'bad' : 'warn';

function Verdict({ verdict }: { verdict: string }) {
  return <span class={`mark ${verdict_class(verdict)}`}>{boxes_word(`verdict.${verdict}`)}</span>;
}

function Table({ plan }: { plan: BoxesPlan }) {
  const money = { currency: choice_name(plan.currency) };
  const columns = [
    { name: boxes_word('box') },
    { name: boxes_word('device') },
    { name: boxes_word('verdict') },
    { name: boxes_word('advice') },
    { name: boxes_word('total_gb'), numeric: true },
    { name: boxes_word('format') },
    { name: boxes_word('weights_gb'), numeric: true },
    { name: boxes_word('kv_room_gb'), numeric: true },
    { name: boxes_word('users'), numeric: true },
    { name: boxes_word('tokens_per_s'), numeric: true },
    { name: boxes_word('ttft_ms'), numeric: true },
    { name: boxes_word('power_kw'), numeric: true },
    { name: p('boxes.printed_kw'), numeric: true },
    { name: boxes_word('price', money), numeric: true },
    { name: boxes_word('price_per_user', money), numeric: true },
    { name: boxes_word('per_million_tokens', money), numeric: true },
  ];
  return (
    <section class="panel" aria-labelledby="plan-boxes">
      <h2 id="plan-boxes">{boxes_word('boxes')}</h2>
      <p class="hint">{p('boxes.hint')}</p>
      <ScrolledTable id="boxes" title={boxes_word('boxes')} columns={columns}>
        {plan.rows.map((row) =>
          row.computed.map((box) => <TableRow key={`${row.id} ${box.device}`} row={row} box={box} />),
        )}
      </ScrolledTable>
    </section>
  );
}

function TableRow({ row, box }: { row: BoxRow; box: JudgedBox }) {
  const chosen = box.chosen === null ? null : (box.formats[box.chosen] ?? null);
  return (
    <tr data-box={`${row.id} ${box.device}`}>
      <th scope="row">{boxes_word(`id.${row.id}`)}</th>
      <td>
        {brief(box.devices)} × <DeviceName id={box.device} />
      </td>
      <td>
        <Verdict verdict={box.verdict} />
      </td>
      <td>
        <Verdict verdict={row.advice} />
      </td>
      <Num>{brief(box.total_gb)}</Num>
      <td>{chosen ? held_name(chosen) : '—'}</td>
      <Num>{brief(chosen && chosen.weights_gb)}</Num>
      <Num>{brief(chosen && chosen.kv_room_gb)}</Num>
      <Num>
        <Opens link={chosen && chosen.link}>{brief(chosen && chosen.users)}</Opens>
      </Num>
      <Num>{brief(chosen && chosen.tokens_per_s)}</Num>
      <Num>{brief(chosen && chosen.ttft_ms)}</Num>
      <Num>{brief(box.power_kw)}</Num>
      <Num>{brief(row.power_kw)}</Num>
      <Num>{brief(box.price)}</Num>
      <Num>{brief(box.price_per_user)}</Num>
      <Num>{brief(box.per_million_tokens)}</Num>
    </tr>
  );
}

function Why({ rows }: { rows: readonly BoxRow[] }) {
  return (
    <section class="panel" aria-labelledby="plan-why">
      <h2 id="plan-why">{p('boxes.why')}</h2>
      <p class="hint">{p('boxes.verdict_rule')}</p>
      {rows.map((row) => (
        <details key={row.id} data-why={row.id}>
          <summary>
            {boxes_word(`id.${row.id}`)}: {row.computed.map((box) => boxes_word(`verdict.${box.verdict}`)).join(' / ')}
          </summary>
          {row.note !== '' && <p class="hint">{boxes_word(`note.${row.note}`)}</p>}
          <div class="plan-why">
            <div>
              <h3>
                {boxes_word('guide_says')}: {boxes_word(`verdict.${row.advice}`)}
              </h3>
              <ul>
                {row.points.map(({ code, good, computed }) => (
                  <li key={code} class={good ? 'good' : 'bad'}>
                    {boxes_word(`point.${code}`)}
                    {!computed && <span class="unit"> {p('boxes.not_computed')}</span>}
                  </li>
                ))}
              </ul>
            </div>
            {row.computed.map((box) => (
              <Reasons key={box.device} row={row} box={box} />
            ))}
          </div>
        </details>
      ))}
    </section>
  );
}

function Reasons({ row, box }: { row: BoxRow; box: JudgedBox }) {
  const differs = box.agreement === 'better' || box.agreement === 'worse';
  const weighed = row.points.filter(({ good }) => good === (box.agreement === 'worse'));
  return (
    <div>
      <h3>
        <DeviceName id={box.device} />: {boxes_word(`verdict.${box.verdict}`)} (
        {boxes_word(`agreement.${box.agreement}`)})
      </h3>
      <ul>
        {box.reasons.map(({ code, good, numbers }) => (
          <li key={code} class={good ? 'good' : 'bad'}>
            {boxes_word(
              `reason.${code}`,
              Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, brief(value)])),
            )}
          </li>
        ))}
      </ul>
      {differs && (
        <p class="hint">
          {boxes_word(`why.${box.agreement}`, {
            points: weighed.map(({ code }) => boxes_word(`point.${code}`)).join('; '),
          })}
        </p>
      )}
      <ScrolledTable
        id={`formats-${row.id}-${box.device}`}
        title={boxes_word('format')}
        columns={[
          { name: boxes_word('format') },
          { name: boxes_word('weights_gb'), numeric: true },
          { name: boxes_word('users_with_room'), numeric: true },
          { name: boxes_word('users'), numeric: true },
          { name: boxes_word('tokens_per_s'), numeric: true },
        ]}
      >
        {box.formats.map((format) => (
          <tr key={format.format}>
            <th scope="row">{held_name(format)}</th>
            <Num>{brief(format.weights_gb)}</Num>
            <Num>{brief(format.users_with_room)}</Num>
            <Num>
              <Opens link={format.link}>{brief(format.users)}</Opens>
            </Num>
            <Num>{brief(format.tokens_per_s)}</Num>
          </tr>
        ))}
      </ScrolledTable>
    </div>
  );
}

function Rules({ plan }: { plan: BoxesPlan }) {
  const { rules } = plan;
  const rows: [string, number, number][] = [
    [boxes_word('rule_weights', { format: 'FP8 (GB)' }), rules.printed.fp8_weights_gb, rules.fp8_weights_gb],
    [boxes_word('rule_minimum', { format: 'FP8 (GB)' }), rules.printed.fp8_minimum_gb, rules.fp8_minimum_gb],
    [boxes_word('rule_weights', { format: 'BF16 (GB)' }), rules.printed.bf16_weights_gb, rules.bf16_weights_gb],
    [boxes_word('rule_minimum', { format: 'BF16 (GB)' }), rules.printed.bf16_minimum_gb, rules.bf16_minimum_gb],
  ];
  const reserve = { least: brief(rules.printed.least_kv_gb), most: brief(rules.printed.most_kv_gb) };
  return (
    <section class="panel" aria-labelledby="plan-rules">
      <h2 id="plan-rules">{boxes_word('rules')}</h2>
      <ScrolledTable
        id="rules"
        title={boxes_word('rules')}
        columns={[
          { name: p('boxes.rule') },
          { name: boxes_word('printed'), numeric: true },
          { name: boxes_word('computed'), numeric: true },
        ]}
      >
        {rows.map(([name, printed, computed]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <Num>{brief(printed)}</Num>
            <Num>{brief(computed)}</Num>
          </tr>
        ))}
        <tr>
          <th scope="row">{boxes_word('rule_reserve', reserve)}</th>
          <Num>—</Num>
          <Num>
            {brief(rules.least_users_of_reserve)} … {brief(rules.most_users_of_reserve)}
          </Num>
        </tr>
      </ScrolledTable>
    </section>
  );
}
