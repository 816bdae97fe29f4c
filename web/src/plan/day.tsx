// DeepSeek's system: its deployment units, a day of service on them, and the hours of that day.
import { lazy_chart } from '../charts/lazy_chart';
import { format_fixed, format_number } from '../i18n/format';
import { word } from '../i18n/i18n';
import { Economics } from '../panels/economics';
import { Field } from '../panels/field';
import { use_store } from '../state/context';
import { same_scenario, sparse } from '../state/scenario';
import type { DayEnergy, DayPlan, DeploymentUnit } from '#engine_rest';
import { Architecture } from './architecture';
import { hours_picture } from './hours_picture';
import { p } from './words';

const unit_rows: readonly (keyof DeploymentUnit)[] = [
  'gpus',
  'nodes',
  'tensor_parallel',
  'data_parallel',
  'expert_parallel',
  'redundant_experts',
  'routed_experts_per_gpu',
  'shared_experts_per_gpu',
  'tokens_per_s_per_node',
  'nodes_of_day',
  'units_of_day',
];
const presets_of_day = ['deepseek-official', 'deepseek-deployment-reference'];

export function Day({ plan }: { plan: DayPlan }) {
  return (
    <>
      <Questions />
      <Units plan={plan} />
      <Economics />
      {plan.energy && <Energy energy={plan.energy} />}
      {plan.hours.length > 0 && <Hours hours={plan.hours} />}
    </>
  );
}

// DeepSeek's deployment with its own rates per node, or with the method's.
function Questions() {
  const store = use_store();
  const now = store.scenario.value;
  return (
    <div class="plan-presets" role="group" aria-labelledby="plan-presets">
      <span id="plan-presets">{p('day.presets')}</span>
      {store.engine
        .names()
        .presets.filter(({ id }) => presets_of_day.includes(id))
        .map(({ id, scenario }) => {
          const is_current = same_scenario(sparse(scenario, store.table), now);
          return (
            <button key={id} type="button" aria-pressed={is_current} onClick={() => store.load(scenario)}>
              {word(`preset.${id}`, id)}
            </button>
          );
        })}
    </div>
  );
}

function Units({ plan }: { plan: DayPlan }) {
  const units = (['prefill', 'decode'] as const).flatMap((phase) => {
    const unit = plan[phase];
    return unit ? [{ phase, unit }] : [];
  });
  return (
    <section class="panel" aria-labelledby="plan-units">
      <h2 id="plan-units">{word('plan.day.units')}</h2>
      <Architecture plan={plan} />
      <div class="scroll" tabIndex={0} role="group" aria-labelledby="plan-units">
        <table data-table="units">
          <thead>
            <tr>
              <td />
              {units.map(({ phase }) => (
                <th key={phase} scope="col" class="num">
                  {word(`choice.${phase}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {unit_rows.map((key) => (
              <tr key={key}>
                <th scope="row">{word(`plan.day.${key}`)}</th>
                {units.map(({ phase, unit }) => (
                  <td key={phase} class="num" data-cell={`${phase}.${key}`}>
                    {unit[key] > 0 ? format_number(unit[key]) : '—'}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {plan.prefill_to_decode && <Ratio ratio={plan.prefill_to_decode} />}
    </section>
  );
}

function Ratio({ ratio }: { ratio: NonNullable<DayPlan['prefill_to_decode']> }) {
  return (
    <>
      <h3>{word('plan.day.prefill_to_decode')}</h3>
      <table data-table="prefill_to_decode">
        <tbody>
          {(['units', 'nodes'] as const).map((key) => (
            <tr key={key}>
              <th scope="row">{word(`plan.day.prefill_to_decode_${key}`)}</th>
              <td class="num" data-cell={key}>
                {format_number(ratio[key])}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

const energy_rows = ['node_kw', 'kwh_per_day', 'kwh_per_million_output_tokens', 'kwh_per_million_tokens'] as const;
const energy_inputs = ['purchase.server_overhead_w', 'purchase.power_share', 'purchase.pue'];

function Energy({ energy }: { energy: DayEnergy }) {
  return (
    <section class="panel" aria-labelledby="plan-energy">
      <h2 id="plan-energy">{word('plan.day.energy')}</h2>
      <table data-table="energy">
        <tbody>
          {energy_rows.map((key) => (
            <tr key={key}>
              <th scope="row">{word(`plan.day.${key}`)}</th>
              <td class="num">{format_number(energy[key])}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div class="fields plan-fields">
        {energy_inputs.map((name) => (
          <Field key={name} name={name} prefix="energy" hints={false} />
        ))}
      </div>
    </section>
  );
}

const Picture = lazy_chart(hours_picture);

function Hours({ hours }: { hours: DayPlan['hours'] }) {
  return (
    <section class="panel" aria-labelledby="plan-hours">
      <h2 id="plan-hours">{word('plan.day.hours')}</h2>
      <p class="hint">{word('plan.day.hours_assumed')}</p>
      <Picture data={hours} label={word('plan.day.hours')} class="plan-hours" />
      <ul class="plan-key">
        <li>{word('plan.day.nodes_in_use')}</li>
        <li class="freed">{word('plan.day.nodes_freed')}</li>
      </ul>
      <details>
        <summary>{p('table')}</summary>
        <table data-table="hours">
          <thead>
            <tr>
              {(['hour', 'nodes_in_use', 'nodes_freed'] as const).map((key) => (
                <th key={key} scope="col" class="num">
                  {word(`plan.day.${key}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {hours.map(({ nodes, freed_nodes }, hour) => (
              <tr key={hour}>
                <th scope="row" class="num">
                  {hour}
                </th>
                <td class="num">{format_fixed(nodes, 1)}</td>
                <td class="num">{format_fixed(freed_nodes, 1)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}
