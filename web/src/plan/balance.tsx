// The load balancers' tab: what they are tried on, the load of every rank without and with them, and what that is worth.
import { useEffect, useState } from 'preact/hooks';
import { format_number } from '../i18n/format';
import { error_text, word } from '../i18n/i18n';
import { Field } from '../panels/field';
import { use_page, use_store } from '../state/context';
import type { BalancedExperts, BalancedLoads, BalancePlan, BalanceState, PhaseBalance } from '#engine_rest';
import './balance.css';
import { p } from './words';

const w = (key: string) => word(`plan.balance.${key}`);
const phases = ['prefill', 'decode'] as const;
type Phase = (typeof phases)[number];
const states = ['none', 'requests_only', 'both', 'even'] as const;
const or_dash = (value: number | null) => (value === null ? '—' : format_number(value));

const layout_fields = ['model', 'device', 'prefill.expert_parallel', 'prefill.redundant_experts'].concat([
  'decode.expert_parallel',
  'decode.redundant_experts',
  'decode.batch_per_gpu',
  'prompt_tokens',
  'output_tokens',
]);

// Stands above the answer, so that what was refused can be put right.
export function BalanceQuestion() {
  const store = use_store();
  const inputs = [...store.table.values()].filter((info) => info.group === 'balance').map((info) => info.key);
  return (
    <section class="panel" aria-labelledby="balance-question">
      <h2 id="balance-question">{p('question')}</h2>
      <p class="hint">{p('balance.about')}</p>
      <div class="fields plan-fields">
        {inputs.map((name) => (
          <Field key={name} name={name} prefix="balance" />
        ))}
      </div>
      <div class="balance-pasted">
        <PastedNumbers name="histogram" />
        <PastedNumbers name="lengths" />
      </div>
      <details>
        <summary>
          <h3>{p('balance.layout')}</h3>
        </summary>
        <div class="fields plan-fields">
          {layout_fields.map((name) => (
            <Field key={name} name={name} prefix="balance" hints={false} />
          ))}
        </div>
      </details>
    </section>
  );
}

// NFKC turns full-width digits and commas into plain ones.
const parts_of = (text: string) =>
  text
    .normalize('NFKC')
    .split(/[\s,;、]+/)
    .filter((part) => part !== '');

// Enough of a pasted junk to know it again.
const shortened = (part: string) => (part.length > 40 ? `${part.slice(0, 40)}…` : part);

// A list of the plan as text. What cannot be read stays in the box, and the last list that could stays the question.
function PastedNumbers({ name }: { name: 'histogram' | 'lengths' }) {
  const { views } = use_page();
  const list = views.plan.value[name] ?? [];
  const [text, set_text] = useState(list.join(', '));
  const parts = parts_of(text);
  const wrong = [...new Set(parts.filter((part) => !Number.isFinite(Number(part))))].map(shortened);
  const shown = list.join(' ');
  useEffect(() => {
    if (parts.map(Number).join(' ') !== shown) set_text(list.join(', '));
  }, [shown]);

  const type = (typed: string) => {
    set_text(typed);
    const numbers = parts_of(typed).map(Number);
    if (numbers.every(Number.isFinite)) views.edit_plan({ [name]: numbers });
  };
  return (
    <div class={`field${wrong.length ? ' invalid' : ''}`}>
      <label for={`balance-${name}`}>{p(`balance.paste.${name}`)}</label>
      <textarea
        id={`balance-${name}`}
        rows={2}
        spellcheck={false}
        value={text}
        aria-describedby={`balance-${name}-hint balance-${name}-error`}
        aria-invalid={wrong.length > 0}
        onInput={(event) => type(event.currentTarget.value)}
      />
      <div class="field-error" id={`balance-${name}-error`} aria-live="polite">
        {wrong.slice(0, 3).map((part) => (
          <p key={part}>{error_text({ code: 'not_a_number', field: name, value: part, allowed: '0…1e15' })}</p>
        ))}
      </div>
      <p class="hint" id={`balance-${name}-hint`}>
        {p('balance.paste.hint')}
      </p>
    </div>
  );
}

export function Balance({ plan }: { plan: BalancePlan }) {
  const asked = phases.flatMap((name) => {
    const phase = plan[name];
    return phase ? [{ name, phase }] : [];
  });
  return (
    <>
      {asked.map(({ name, phase }) => (
        <Requests key={name} name={name} phase={phase} />
      ))}
      <section class="panel" aria-labelledby="balance-experts">
        <h2 id="balance-experts">{p('balance.experts.title')}</h2>
        <p class="hint">{p('balance.experts.about')}</p>
        {asked.map(({ name, phase }) =>
          phase.experts ? (
            <Experts key={name} name={name} experts={phase.experts} />
          ) : (
            <p key={name}>{p('balance.nothing')}</p>
          ),
        )}
      </section>
      <section class="panel" aria-labelledby="balance-effect">
        <h2 id="balance-effect">{w('effect')}</h2>
        <p class="hint">{p('balance.effect.about')}</p>
        {asked.map(({ name, phase }) => (
          <Effect key={name} name={name} phase={phase} />
        ))}
      </section>
    </>
  );
}

function Requests({ name, phase }: { name: Phase; phase: PhaseBalance }) {
  const loads = [
    { key: `${name}_attention`, load: phase.attention },
    { key: `${name}_count`, load: phase.count },
  ];
  return (
    <section class="panel" aria-labelledby={`balance-${name}`} data-balance={name}>
      <h2 id={`balance-${name}`}>{p(`balance.${name}.title`)}</h2>
      <p class="hint">{p(`balance.${name}.about`)}</p>
      <p>
        {w('requests')}: <strong>{format_number(phase.requests)}</strong>
      </p>
      <Ratios rows={loads} label={p(`balance.${name}.title`)} />
      {loads.map(({ key, load }) => (
        <Bars key={key} what={w(key)} load={load} />
      ))}
      <EveryRank columns={loads.map(({ key, load }) => ({ what: w(key), load }))} />
    </section>
  );
}

interface NamedLoad {
  key: string;
  load: BalancedLoads;
}

function Ratios({ rows, label }: { rows: NamedLoad[]; label: string }) {
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={label}>
      <table>
        <thead>
          <tr>
            <th scope="col">{w('load')}</th>
            {['mean', 'before', 'after'].map((key) => (
              <th key={key} scope="col" class="num">
                {w(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, load }) => (
            <tr key={key} data-load={key}>
              <th scope="row">{w(key)}</th>
              <td class="num">{format_number(load.mean)}</td>
              <td class="num">{format_number(load.before.max_over_mean)}</td>
              <td class="num">{format_number(load.after.max_over_mean)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const bar_height = 100;

// The same scale on both sides, so that the heights compare.
function Bars({ what, load }: { what: string; load: BalancedLoads }) {
  const top = load.mean * Math.max(load.before.max_over_mean, load.after.max_over_mean) || 1;
  const mean = bar_height * (1 - load.mean / top);
  return (
    <div class="balance-bars">
      {(['before', 'after'] as const).map((side) => {
        const said = p(`balance.bars.${side}`, { what, ratio: format_number(load[side].max_over_mean) });
        return (
          <figure key={side}>
            <svg
              viewBox={`0 0 ${load[side].loads.length} ${bar_height}`}
              preserveAspectRatio="none"
              role="img"
              aria-label={said}
            >
              {load[side].loads.map((each, rank) => (
                <rect
                  key={rank}
                  class={side}
                  x={rank + 0.1}
                  width={0.8}
                  y={bar_height * (1 - each / top)}
                  height={(bar_height * each) / top}
                />
              ))}
              <line x1={0} x2={load[side].loads.length} y1={mean} y2={mean} />
            </svg>
            <figcaption>{said}</figcaption>
          </figure>
        );
      })}
    </div>
  );
}

interface Column {
  what: string;
  load: BalancedLoads;
}

// The numbers behind the bars, made when somebody opens them: there may be thousands.
function EveryRank({ columns, held }: { columns: Column[]; held?: number[][] }) {
  const [is_open, set_open] = useState(false);
  const ranks = columns[0]?.load.before.loads ?? [];
  return (
    <details onToggle={(event) => set_open(event.currentTarget.open)}>
      <summary>{p('balance.every_rank')}</summary>
      {is_open && (
        <div class="scroll balance-ranks" tabIndex={0} role="group" aria-label={p('balance.every_rank')}>
          <table>
            <caption class="hint">{columns.map(({ what }) => what).join(' · ')}</caption>
            <thead>
              <tr>
                <th scope="col">{p('balance.rank')}</th>
                {columns.flatMap(({ what }) =>
                  [p('balance.unbalanced'), p('balance.balanced')].map((side) => (
                    <th key={`${what} ${side}`} scope="col" class="num">
                      {side}
                    </th>
                  )),
                )}
                {held && <th scope="col">{p('balance.held')}</th>}
              </tr>
            </thead>
            <tbody>
              {ranks.map((_, rank) => (
                <tr key={rank}>
                  <th scope="row">{rank}</th>
                  {columns.flatMap(({ what, load }) =>
                    [load.before.loads[rank], load.after.loads[rank]].map((each, side) => (
                      <td key={`${what} ${side}`} class="num">
                        {format_number(each ?? 0)}
                      </td>
                    )),
                  )}
                  {held && <td>{held[rank]?.join(' ')}</td>}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}

function Experts({ name, experts }: { name: Phase; experts: BalancedExperts }) {
  const title = `${word(`choice.${name}`)}: EP${experts.ranks}`;
  return (
    <section aria-labelledby={`balance-experts-${name}`} data-balance={`experts-${name}`}>
      <h3 id={`balance-experts-${name}`}>{title}</h3>
      <Ratios rows={[{ key: 'experts', load: experts.load }]} label={title} />
      <Bars what={w('experts')} load={experts.load} />
      <EveryRank columns={[{ what: w('experts'), load: experts.load }]} held={experts.placement} />
      <h4>{w('placement')}</h4>
      <Policies experts={experts} />
      <h4>{w('redundancy')}</h4>
      <Redundancy experts={experts} />
    </section>
  );
}

function Policies({ experts }: { experts: BalancedExperts }) {
  const looked_at = [
    { policy: 'hierarchical', ratio: experts.hierarchical_max_over_mean },
    { policy: 'global', ratio: experts.global_max_over_mean },
    ...(experts.policy === 'unchanged' ? [{ policy: 'unchanged', ratio: experts.load.after.max_over_mean }] : []),
  ];
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{w('policy')}</th>
          <th scope="col" class="num">
            {w('policy_max_over_mean')}
          </th>
        </tr>
      </thead>
      <tbody>
        {looked_at.map(({ policy, ratio }) => (
          <tr key={policy} class={policy === experts.policy ? 'chosen' : undefined}>
            <th scope="row">
              {w(`policy.${policy}`)}
              {policy === experts.policy && ' ✓'}
            </th>
            <td class="num">{ratio === null ? w('not_looked_at') : format_number(ratio)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Redundancy({ experts }: { experts: BalancedExperts }) {
  const wanted = format_number(experts.wanted_max_over_mean);
  const keys = ['redundant', 'slots_per_rank', 'policy_max_over_mean'];
  return (
    <>
      <table>
        <thead>
          <tr>
            {keys.map((key) => (
              <th key={key} scope="col" class="num">
                {w(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {experts.redundancy.map((step) => (
            <tr key={step.redundant}>
              <td class="num">{format_number(step.redundant)}</td>
              <td class="num">{format_number(step.slots_per_rank)}</td>
              <td class="num">{format_number(step.max_over_mean)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p data-balance="needed">
        {experts.redundant_needed === null
          ? word('plan.balance.redundant_not_reached', undefined, { wanted })
          : word('plan.balance.redundant_needed', undefined, {
              redundant: format_number(experts.redundant_needed),
              wanted,
            })}
      </p>
    </>
  );
}

function Effect({ name, phase }: { name: Phase; phase: PhaseBalance }) {
  const columns: readonly { key: string; value: (state: BalanceState) => number | null }[] = [
    { key: 'expert_max_over_mean', value: (state) => state.expert_max_over_mean },
    { key: 'attention_max_over_mean', value: (state) => state.attention_max_over_mean },
    { key: `${name}_pass_ms`, value: (state) => state.pass_ms },
    ...(name === 'decode' ? [{ key: 'tpot_ms', value: (state: BalanceState) => state.tpot_ms }] : []),
    { key: 'tokens_per_s_per_gpu', value: (state) => state.tokens_per_s_per_gpu },
  ];
  const title = word(`choice.${name}`);
  return (
    <>
      <h3>{title}</h3>
      <div class="scroll" tabIndex={0} role="group" aria-label={`${w('effect')}: ${title}`}>
        <table data-table={`balance-effect-${name}`}>
          <thead>
            <tr>
              <td />
              {columns.map(({ key }) => (
                <th key={key} scope="col" class="num">
                  {w(key)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {states.map((state) => (
              <tr key={state} data-state={state}>
                <th scope="row">{w(`state.${state}`)}</th>
                {columns.map(({ key, value }) => (
                  <td key={key} class="num">
                    {or_dash(value(phase.states[state]))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
