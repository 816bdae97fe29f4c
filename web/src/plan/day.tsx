// DeepSeek's system: its deployment units and a day of service on them.
import { format_number } from '../i18n/format';
import { word } from '../i18n/i18n';
import { Economics } from '../panels/economics';
import type { DayPlan, DeploymentUnit } from '#engine_rest';

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

export function Day({ plan }: { plan: DayPlan }) {
  return (
    <>
      <Units plan={plan} />
      <Economics />
    </>
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
                  <td key={phase} class="num">
                    {unit[key] > 0 ? format_number(unit[key]) : '—'}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
