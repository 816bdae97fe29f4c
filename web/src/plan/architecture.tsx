// DeepSeek's system, drawn: where a request goes, who balances what, and what a unit is made of. Boxes of text and not a picture: they wrap on a
// phone and can be read aloud.
import type { ComponentChildren } from 'preact';
import { format_number, format_percent } from '../i18n/format';
import { choice_name, word } from '../i18n/i18n';
import { use_store } from '../state/context';
import type { DayPlan, DeploymentUnit } from '#engine_rest';
import { p } from './words';

export function Architecture({ plan }: { plan: DayPlan }) {
  const store = use_store();
  const hits = Number(store.value('economics.cache_hit_rate'));
  return (
    <figure class="architecture" aria-labelledby="plan-architecture">
      <figcaption id="plan-architecture">{p('architecture.hint')}</figcaption>
      <Box kind="request" name={p('architecture.requests')} />
      <div class="lanes">
        {plan.prefill && (
          <Lane name="prefill" unit={plan.prefill} plan={plan}>
            <p>{p('architecture.prefill_balances')}</p>
          </Lane>
        )}
        {plan.prefill && plan.decode && (
          <div class="hand-over" aria-hidden="true">
            <span>{p('architecture.kv')}</span>
          </div>
        )}
        {plan.decode && (
          <Lane name="decode" unit={plan.decode} plan={plan}>
            <p>{p('architecture.decode_balances')}</p>
          </Lane>
        )}
      </div>
      <Box kind="cache" name={p('architecture.cache')}>
        <p>{p('architecture.cache_hits', { share: format_percent(hits) })}</p>
      </Box>
    </figure>
  );
}

function Box({ kind, name, children }: { kind: string; name: string; children?: ComponentChildren }) {
  return (
    <div class={`box ${kind}`}>
      <p class="name">{name}</p>
      {children}
    </div>
  );
}

interface LaneProps {
  name: 'prefill' | 'decode';
  unit: DeploymentUnit;
  plan: DayPlan;
  children: ComponentChildren;
}

function Lane({ name, unit, plan, children }: LaneProps) {
  const { formats } = plan;
  const has_experts = unit.routed_experts_per_gpu > 0;
  return (
    <div class="lane">
      <Box kind="balancer" name={p(`architecture.${name}_balancer`)}>
        {children}
      </Box>
      <Box kind="units" name={`${choice_name(name)} · ${unit_count(unit)}`}>
        <p>
          {p('architecture.unit', {
            ep: unit.expert_parallel,
            dp: unit.data_parallel,
            nodes: unit.nodes,
            gpus: unit.gpus,
          })}
        </p>
        {has_experts && (
          <>
            <p>
              {p('architecture.experts', {
                routed: unit.routed_experts_per_gpu,
                shared: unit.shared_experts_per_gpu,
                redundant: unit.redundant_experts,
              })}
            </p>
            <div class="box balancer">
              <p class="name">{p('architecture.expert_balancer')}</p>
              <p>{p('architecture.expert_balances')}</p>
            </div>
          </>
        )}
        {formats.matmul !== '' && (
          <p>
            {(['matmul', 'core_attention', 'dispatch', 'combine'] as const)
              .map((work) => `${word(`plan.day.${work}`)} ${choice_name(formats[work])}`)
              .join(' · ')}
          </p>
        )}
      </Box>
    </div>
  );
}

const unit_count = (unit: DeploymentUnit) =>
  unit.units_of_day > 0 ? p('architecture.units', { units: format_number(unit.units_of_day) }) : p('architecture.one');
