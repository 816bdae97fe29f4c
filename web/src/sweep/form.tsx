// The sweep's question: what is held, what varies, what is asked of the result. Axes come from the parameter table and
// quantities from the engine's list; nothing here names either, except the order of a few usual ones.
import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { Goal, ParameterInfo } from '../engine/engine';
import { choice_name, parameter_name, t, unit_name, word } from '../i18n/i18n';
import { axis_value } from '../panels/axis_value';
import { options_of } from '../panels/options';
import { quantity_unit } from '../panels/quantities';
import { value_text } from '../panels/field';
import { use_page } from '../state/context';
import { is_narrow } from '../state/media';
import {
  reads_as_number,
  canonical,
  join,
  new_axis,
  new_constraint,
  split,
  type AxisDraft,
  type AxisKind,
  type ConstraintDraft,
  type Draft,
  type GoalDraft,
} from './draft';
import { quantity_label } from './names';
import type { Session } from './session';
import { s, type SweepKey } from './words';

interface Part {
  session: Session;
  draft: Draft;
}

export function SweepForm({ session }: { session: Session }) {
  const draft = session.draft.value;
  const part = { session, draft };
  return (
    <form class="full-form sweep-form" onSubmit={(event) => event.preventDefault()}>
      <Presets session={session} />
      <Fold title={s('base')} open={false}>
        <Base {...part} />
      </Fold>
      <Fold title={s('axes')} open={!is_narrow.value} count={draft.axes.length}>
        <Axes {...part} />
      </Fold>
      <Fold title={s('constraints')} open={!is_narrow.value} count={draft.constraints.length}>
        <Constraints {...part} />
      </Fold>
      <Fold title={s('goals')} open={!is_narrow.value}>
        <Goals {...part} />
      </Fold>
      <Fold title={s('columns')} open={false} count={draft.quantities.length}>
        <Columns {...part} />
      </Fold>
    </form>
  );
}

function Fold({
  title,
  open,
  count,
  children,
}: {
  title: string;
  open: boolean;
  count?: number;
  children: ComponentChildren;
}) {
  return (
    <details class="group" open={open}>
      <summary>
        <h3>{title}</h3>
        {count !== undefined && count > 0 && <span class="badge">{count}</span>}
      </summary>
      <div class="fields">{children}</div>
    </details>
  );
}

function Presets({ session }: { session: Session }) {
  const { store } = use_page();
  const presets = store.engine.sweep_presets();
  const present = canonical(session.spec.value, store.table);
  const current = presets.find((preset) => canonical(preset.sweep, store.table) === present);
  const id = useId();
  return (
    <div class="group sweep-presets">
      <label for={id}>{s('preset')}</label>
      <select
        id={id}
        value={current?.id ?? ''}
        onChange={(event) => {
          const chosen = presets.find((preset) => preset.id === event.currentTarget.value);
          if (chosen) session.open(chosen.sweep);
        }}
      >
        {!current && (
          <option value="" disabled>
            {s('preset.custom')}
          </option>
        )}
        {presets.map((preset) => (
          <option key={preset.id} value={preset.id}>
            {word(`sweep_preset.${preset.id}`, preset.id)}
          </option>
        ))}
      </select>
      {current && <p class="hint">{word(`sweep_preset.${current.id}.hint`, '')}</p>}
    </div>
  );
}

function Base({ session, draft }: Part) {
  const { store } = use_page();
  const method = store.info('method');
  const id = useId();
  const { scenario } = draft;
  const changes = Object.entries(scenario).filter(([key]) => key !== 'method');
  const change = (next: Draft['scenario']) => session.change({ ...draft, scenario: next });
  return (
    <>
      {method && (
        <div class="field">
          <label for={id}>{parameter_name('method')}</label>
          <select
            id={id}
            value={String(scenario['method'] ?? method.default)}
            onChange={(event) => {
              const { method: _old, ...others } = scenario;
              const chosen = event.currentTarget.value;
              change(chosen === method.default ? others : { ...others, method: chosen });
            }}
          >
            {method.choices.map((choice) => (
              <option key={choice} value={choice}>
                {choice_name(choice)}
              </option>
            ))}
          </select>
        </div>
      )}
      {changes.length > 0 && (
        <ul class="chips">
          {changes.map(([key, value]) => (
            <li key={key}>
              {parameter_name(key)}: {axis_value(store, key, value)}
              <button
                type="button"
                aria-label={s('base.reset', { field: parameter_name(key) })}
                onClick={() => {
                  const { [key]: _gone, ...others } = scenario;
                  change(others);
                }}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      <button type="button" onClick={() => change(store.answered.value)}>
        {s('base.take')}
      </button>
      <p class="hint">{s('base.hint')}</p>
    </>
  );
}

function Axes({ session, draft }: Part) {
  const { store } = use_page();
  const method = String(draft.scenario['method'] ?? store.info('method')?.default);
  const used = new Set(draft.axes.flatMap((axis) => axis.parameters));
  const known = [...store.table.values()].filter((info) => info.methods.length === 0 || info.methods.includes(method));
  const free = known.filter((info) => !used.has(info.key));
  const put = (axes: AxisDraft[]) => {
    const left = new Set(axes.flatMap((axis) => axis.parameters));
    session.change({ ...draft, axes, best_per: draft.best_per.filter((parameter) => left.has(parameter)) });
  };
  return (
    <>
      {draft.axes.map((axis, at) => (
        <AxisFields
          key={axis.id}
          axis={axis}
          number={at + 1}
          free={free}
          put={(next) => put(draft.axes.map((each) => (each === axis ? next : each)))}
          remove={() => put(draft.axes.filter((each) => each !== axis))}
        />
      ))}
      <button
        type="button"
        class="add"
        disabled={free.length === 0}
        onClick={() => {
          const next = usual.map((key) => free.find((info) => info.key === key)).find((info) => info) ?? free[0];
          if (next) put([...draft.axes, new_axis(next)]);
        }}
      >
        {s('axes.add')}
      </button>
      <p class="hint">{s('axes.hint')}</p>
    </>
  );
}

// What the next axis is, if the reader says nothing.
const usual = ['decode.batch_per_gpu', 'decode.expert_parallel', 'device', 'nic_gbit_per_s', 'prompt_tokens'];

interface AxisProps {
  axis: AxisDraft;
  number: number;
  free: ParameterInfo[];
  put: (axis: AxisDraft) => void;
  remove: () => void;
}

function AxisFields({ axis, number, free, put, remove }: AxisProps) {
  const { store } = use_page();
  const [parameter = ''] = axis.parameters;
  const info = store.info(parameter);
  const together = axis.parameters.length > 1;
  const is_number = info?.type === 'integer' || info?.type === 'number';
  const named = info?.type === 'device' || info?.type === 'model';
  const kinds: AxisKind[] =
    together || !info ? [] : is_number ? ['list', 'step', 'linear', 'log'] : named ? ['list', 'all'] : [];
  const name = axis.parameters.map(parameter_name).join(' / ');
  const label = (key: SweepKey) => `${s(key)}: ${name}`;
  const text = (field: 'list' | 'from' | 'to' | 'step' | 'points' | 'vendor', key: SweepKey) => (
    <label class="small">
      <span>{s(key)}</span>
      <input
        type="text"
        data-axis-field={field}
        aria-invalid={field !== 'list' && field !== 'vendor' && !reads_as_number(axis[field])}
        aria-label={label(key)}
        autocomplete="off"
        spellcheck={false}
        value={axis[field]}
        onInput={(event) => put({ ...axis, [field]: event.currentTarget.value })}
      />
    </label>
  );
  return (
    <fieldset class="axis" data-axis={axis.parameters.join(' ')}>
      <legend class="visually-hidden">{s('axis', { number })}</legend>
      <div class="axis-head">
        {together ? (
          <span class="axis-name">{name}</span>
        ) : (
          <select
            aria-label={s('axis', { number })}
            value={parameter}
            onChange={(event) => {
              const chosen = store.info(event.currentTarget.value);
              if (chosen) put({ ...new_axis(chosen), id: axis.id });
            }}
          >
            {info && <option value={parameter}>{parameter_name(parameter)}</option>}
            {free.map((each) => (
              <option key={each.key} value={each.key}>
                {parameter_name(each.key)}
              </option>
            ))}
          </select>
        )}
        <button type="button" class="remove" aria-label={s('remove', { name })} onClick={remove}>
          ×
        </button>
      </div>
      {kinds.length > 0 && (
        <select
          class="kind"
          aria-label={label('axis.kind')}
          value={axis.kind}
          onChange={(event) => put({ ...axis, kind: event.currentTarget.value as AxisKind })}
        >
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {s(`kind.${kind}`)}
            </option>
          ))}
        </select>
      )}
      <div class="axis-values">
        {axis.kind === 'list' &&
          (info && !is_number && !together ? (
            <Chosen axis={axis} info={info} put={put} />
          ) : (
            text('list', 'axis.values')
          ))}
        {axis.kind === 'all' && text('vendor', 'axis.vendor')}
        {(axis.kind === 'step' || axis.kind === 'linear' || axis.kind === 'log') && (
          <div class="ends">
            {text('from', 'axis.from')}
            {text('to', 'axis.to')}
            {axis.kind === 'step' ? text('step', 'axis.step') : text('points', 'axis.points')}
          </div>
        )}
      </div>
      {is_number && !together && info.unit !== '' && <p class="hint">{unit_name(info.unit)}</p>}
    </fieldset>
  );
}

// Choices are ticked, not typed.
function Chosen({ axis, info, put }: { axis: AxisDraft; info: ParameterInfo; put: (axis: AxisDraft) => void }) {
  const { store } = use_page();
  const chosen = split(axis.list);
  const options =
    info.type === 'boolean'
      ? ['false', 'true'].map((id) => ({ id, name: value_text(info, id === 'true') }))
      : info.type === 'choice'
        ? [...(info.allows_auto ? ['auto'] : []), ...info.choices].map((id) => ({
            id,
            name: id === 'auto' ? t('field.auto') : choice_name(id),
          }))
        : options_of(store.engine, info);
  const known = new Set(options.map(({ id }) => id));
  const many = options.length > 8;
  // In a long list what was ticked at first stands first, and nothing moves while it is ticked.
  const [first] = useState(() => new Set(chosen));
  const shown = many
    ? [...options.filter(({ id }) => first.has(id)), ...options.filter(({ id }) => !first.has(id))]
    : options;
  return (
    <div class={`ticks${many ? ' many one-column' : ''}`} role="group" aria-label={parameter_name(info.key)}>
      {shown.map(({ id, name }) => (
        <label key={id}>
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={(event) => {
              const now = event.currentTarget.checked;
              const next = options.map((each) => each.id).filter((each) => (each === id ? now : chosen.includes(each)));
              put({ ...axis, list: join([...next, ...chosen.filter((each) => !known.has(each))]) });
            }}
          />{' '}
          {name}
        </label>
      ))}
    </div>
  );
}

function QuantitySelect({ value, label, onChoose }: { value: string; label: string; onChoose: (key: string) => void }) {
  const { store } = use_page();
  const groups = [...new Set(store.engine.quantities().map((info) => info.group))];
  return (
    <select aria-label={label} value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
      {groups.map((group) => (
        <optgroup key={group} label={s(`group.${group}` as SweepKey) || group}>
          {store.engine
            .quantities()
            .filter((info) => info.group === group)
            .map((info) => (
              <option key={info.key} value={info.key}>
                {word(`quantity.${info.key}`, info.key)}
              </option>
            ))}
        </optgroup>
      ))}
    </select>
  );
}

function Constraints({ session, draft }: Part) {
  const put = (constraints: ConstraintDraft[]) => session.change({ ...draft, constraints });
  return (
    <>
      {draft.constraints.map((constraint) => (
        <ConstraintFields
          key={constraint.id}
          constraint={constraint}
          put={(next) => put(draft.constraints.map((each) => (each === constraint ? next : each)))}
          remove={() => put(draft.constraints.filter((each) => each !== constraint))}
        />
      ))}
      <button
        type="button"
        class="add"
        onClick={() => put([...draft.constraints, new_constraint('decode.tps_per_user')])}
      >
        {s('constraints.add')}
      </button>
      <p class="hint">{s('constraints.hint')}</p>
    </>
  );
}

interface ConstraintProps {
  constraint: ConstraintDraft;
  put: (constraint: ConstraintDraft) => void;
  remove: () => void;
}

function ConstraintFields({ constraint, put, remove }: ConstraintProps) {
  const { store } = use_page();
  const name = word(`quantity.${constraint.quantity}`, constraint.quantity);
  const value = Number(constraint.value);
  // The slider's end moves only when what is asked lies beyond it, never under the reader's finger.
  const [end, set_end] = useState(slider_end(value));
  if (value > end) set_end(slider_end(value));
  return (
    <fieldset class="axis constraint">
      <legend class="visually-hidden">{s('constraint', { name })}</legend>
      <div class="axis-head">
        <QuantitySelect
          value={constraint.quantity}
          label={s('quantity')}
          onChoose={(quantity) => put({ ...constraint, quantity })}
        />
        <button type="button" class="remove" aria-label={s('remove', { name })} onClick={remove}>
          ×
        </button>
      </div>
      <div class="bound">
        <select
          aria-label={`${s('bound')}: ${name}`}
          value={constraint.bound}
          onChange={(event) => put({ ...constraint, bound: event.currentTarget.value as ConstraintDraft['bound'] })}
        >
          <option value="at_least">{s('bound.at_least')}</option>
          <option value="at_most">{s('bound.at_most')}</option>
        </select>
        <input
          type="text"
          inputMode="decimal"
          class="limit-value"
          aria-invalid={!reads_as_number(constraint.value)}
          aria-label={`${s('bound.value')}: ${name}`}
          autocomplete="off"
          value={constraint.value}
          onInput={(event) => put({ ...constraint, value: event.currentTarget.value })}
        />
        <span class="unit">{unit_name(quantity_unit(store.engine, constraint.quantity))}</span>
      </div>
      <input
        type="range"
        aria-label={`${s('bound.slide')}: ${name}`}
        min={0}
        max={end}
        step={end / 200}
        value={Number.isFinite(value) ? value : 0}
        onInput={(event) =>
          put({ ...constraint, value: String(Number(Number(event.currentTarget.value).toPrecision(6))) })
        }
      />
    </fieldset>
  );
}

// 1, 2 or 5 times a power of ten, well above what is asked.
function slider_end(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 100;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * (value / power < 2 ? 5 : value / power < 5 ? 10 : 20);
}

function Goals({ session, draft }: Part) {
  const parameters = draft.axes.flatMap((axis) => axis.parameters);
  const set = (changed: Partial<Draft>) => session.change({ ...draft, ...changed });
  const { pareto } = draft;
  return (
    <>
      <GoalFields title={s('objective')} value={draft.objective} put={(objective) => set({ objective })} />
      <fieldset class="axis">
        <legend>{s('pareto')}</legend>
        {pareto.map((each, at) => (
          <GoalFields
            key={at}
            title={s('pareto.quantity', { number: at + 1 })}
            value={each}
            put={(next) => set({ pareto: pareto.map((old, index) => (index === at ? next : old)) })}
          />
        ))}
        <div class="buttons">
          <button
            type="button"
            disabled={pareto.length >= 3}
            onClick={() => set({ pareto: pareto.length === 0 ? [...usual_pareto] : [...pareto, third_goal] })}
          >
            {s('pareto.add')}
          </button>
          <button
            type="button"
            disabled={pareto.length === 0}
            onClick={() => set({ pareto: pareto.length > 2 ? pareto.slice(0, 2) : [] })}
          >
            {s('pareto.less')}
          </button>
        </div>
      </fieldset>
      <fieldset class="axis">
        <legend>{s('best_per')}</legend>
        <div class="ticks">
          {parameters.map((parameter) => (
            <label key={parameter}>
              <input
                type="checkbox"
                checked={draft.best_per.includes(parameter)}
                onChange={(event) => {
                  const now = event.currentTarget.checked;
                  set({
                    best_per: parameters.filter((each) => (each === parameter ? now : draft.best_per.includes(each))),
                  });
                }}
              />{' '}
              {parameter_name(parameter)}
            </label>
          ))}
        </div>
      </fieldset>
      <div class="ends">
        {(['top', 'sample'] as const).map((field) => (
          <label key={field} class="small">
            <span>{s(field)}</span>
            <input
              type="text"
              inputMode="numeric"
              value={draft[field]}
              onInput={(event) => set({ [field]: event.currentTarget.value })}
            />
          </label>
        ))}
      </div>
    </>
  );
}

const usual_pareto: GoalDraft[] = [
  { quantity: 'decode.tokens_per_s_per_gpu', goal: 'maximize' },
  { quantity: 'decode.tps_per_user', goal: 'maximize' },
];
const third_goal: GoalDraft = { quantity: 'memory.total_gib', goal: 'minimize' };

function GoalFields({ title, value, put }: { title: string; value: GoalDraft; put: (goal: GoalDraft) => void }) {
  return (
    <div class="goal" role="group" aria-label={title}>
      <span class="small-title">{title}</span>
      <select
        aria-label={`${title}: ${s('goal')}`}
        value={value.goal}
        onChange={(event) => put({ ...value, goal: event.currentTarget.value as Goal })}
      >
        <option value="maximize">{s('goal.maximize')}</option>
        <option value="minimize">{s('goal.minimize')}</option>
      </select>
      <QuantitySelect value={value.quantity} label={title} onChoose={(quantity) => put({ ...value, quantity })} />
    </div>
  );
}

function Columns({ session, draft }: Part) {
  const { store } = use_page();
  return (
    <div class="ticks many one-column" role="group" aria-label={s('columns')}>
      {store.engine.quantities().map(({ key }) => (
        <label key={key}>
          <input
            type="checkbox"
            checked={draft.quantities.includes(key)}
            onChange={(event) => {
              const others = draft.quantities.filter((each) => each !== key);
              session.change({ ...draft, quantities: event.currentTarget.checked ? [...others, key] : others });
            }}
          />{' '}
          {quantity_label(store, key)}
        </label>
      ))}
    </div>
  );
}
