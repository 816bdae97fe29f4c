// Overlap as a timeline: the engine's drawing with its events to walk through, what is hidden and what is exposed, and from which batch on it pays.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { overlap_picture } from '../charts/overlap_picture';
import { rest_now } from '../engine/rest';
import { format_number, format_percent } from '../i18n/format';
import { parameter_name, quantity_name, word } from '../i18n/i18n';
import { language } from '../i18n/language';
import { Field } from '../panels/field';
import { use_page } from '../state/context';
import { Chart, fetch_charts } from '../sweep/chart';
import { download } from '../sweep/csv';
import type { OverlapPass, OverlapPoint, TimelineEvent, TimelinePlan } from '#engine_rest';
import './timeline.css';
import { p } from './words';

const w = (key: string) => word(`plan.timeline.${key}`);
const overlap_name = (pass: OverlapPass) => word(`choice.${pass.overlap}`);

export function Timeline({ plan }: { plan: TimelinePlan }) {
  useEffect(fetch_charts, []);
  return (
    <>
      <Question plan={plan} />
      <Drawing plan={plan} />
      <Numbers plan={plan} />
      <Bubbles plan={plan} />
      <Curve plan={plan} />
      <Events plan={plan} />
    </>
  );
}

// For embeds.
export function TimelineInBrief({ plan }: { plan: TimelinePlan }) {
  return (
    <>
      <Drawing plan={plan} />
      <Numbers plan={plan} />
    </>
  );
}

function Question({ plan }: { plan: TimelinePlan }) {
  const fields = ['model', 'device', 'phase', `${plan.phase}.expert_parallel`, plan.batch, 'overlap'];
  return (
    <section class="panel" aria-labelledby="timeline-question">
      <h2 id="timeline-question">{p('question')}</h2>
      <div class="fields plan-fields">
        {fields.map((name) => (
          <Field key={name} name={name} prefix="timeline" hints={false} />
        ))}
      </div>
    </section>
  );
}

function use_question() {
  const { store, views } = use_page();
  return { ...views.plan.value, plan: 'timeline' as const, scenario: store.scenario.value };
}

function Drawing({ plan }: { plan: TimelinePlan }) {
  const question = use_question();
  const place = useRef<HTMLDivElement>(null);
  const [at, set_at] = useState(-1); // of the drawn events
  const said = language.value;
  const svg = useMemo(() => {
    const drawn = rest_now().timeline_svg(question, (key) => word(key));
    return drawn.ok ? drawn.value : '';
  }, [plan, said]);
  const events = useMemo(
    () => plan.passes.flatMap((pass, index) => pass.events.map((event) => ({ pass, index, event }))),
    [plan],
  );
  const shown = events[at];

  useEffect(() => set_at(-1), [plan]);
  useLayoutEffect(() => {
    const group =
      shown && place.current?.querySelector(`[data-pass="${shown.index}"][data-event="${shown.event.index}"]`);
    group?.classList.add('lit');
    return () => group?.classList.remove('lit');
  }, [shown, svg]);

  const find = (target: EventTarget | null) => {
    const data = target instanceof Element ? (target.closest('[data-event]') as SVGElement | null)?.dataset : undefined;
    if (!data) return;
    set_at(
      events.findIndex(({ index, event }) => String(index) === data['pass'] && String(event.index) === data['event']),
    );
  };
  const walk = (key: string) => {
    if (key === 'ArrowRight') return Math.min(at + 1, events.length - 1);
    if (key === 'ArrowLeft') return Math.max(at - 1, 0);
    const pass = (shown?.index ?? -1) + (key === 'ArrowDown' ? 1 : -1);
    const first = events.findIndex(({ index }) => index === pass);
    return first < 0 ? at : first;
  };
  const file = `moecalc-timeline-${plan.phase}`;
  return (
    <section class="panel" aria-labelledby="timeline-drawing">
      <h2 id="timeline-drawing">{p('timeline.drawing')}</h2>
      <p class="hint">{p('timeline.drawing_hint')}</p>
      <div
        ref={place}
        class="timeline-drawing scroll"
        tabIndex={0}
        role="group"
        aria-label={p('timeline.walk')}
        aria-describedby="timeline-event"
        onClick={(event) => find(event.target)}
        onPointerOver={(event) => find(event.target)}
        onKeyDown={(event) => {
          if (!event.key.startsWith('Arrow')) return;
          event.preventDefault();
          set_at(walk(event.key));
        }}
        dangerouslySetInnerHTML={{ __html: svg }}
      />
      <p class="timeline-event" id="timeline-event" aria-live="polite">
        {shown ? `${overlap_name(shown.pass)} · ${event_text(shown.pass, shown.event)}` : p('timeline.walk')}
      </p>
      <div class="timeline-files">
        <button
          type="button"
          data-download="trace"
          onClick={() => {
            const trace = rest_now().timeline_trace(question);
            if (trace.ok) download(`${file}.json`, 'application/json', trace.value);
          }}
        >
          {p('timeline.trace')}
        </button>
        <button type="button" data-download="svg" onClick={() => download(`${file}.svg`, 'image/svg+xml', svg)}>
          {p('timeline.svg')}
        </button>
      </div>
      <p class="hint">{p('timeline.trace_hint')}</p>
    </section>
  );
}

const batch_name = (event: TimelineEvent) => (event.micro_batch === 0 ? 'A' : 'B');

function event_text(pass: OverlapPass, event: TimelineEvent): string {
  const batch = pass.micro_batches > 1 ? ` ${batch_name(event)}` : '';
  const times = `${format_number(event.start_ms)}–${format_number(event.end_ms)} ms`;
  return `${w(`stage.${event.stage}`)}${batch} · ${w('layer')} ${event.layer} · ${times} · ${w('alone_ms')}: ${format_number(event.alone_ms)}`;
}

const rows = [
  'micro_batch_tokens',
  'computing_ms',
  'communication_ms',
  'hidden_ms',
  'exposed_ms',
  'waiting_ms',
  'slowed_ms',
  'total_ms',
  'method_ms',
  'period_ms',
  'tokens_per_s_per_gpu',
] as const satisfies readonly (keyof OverlapPass)[];

function Numbers({ plan }: { plan: TimelinePlan }) {
  return (
    <section class="panel" aria-labelledby="timeline-numbers">
      <h2 id="timeline-numbers">{p('timeline.numbers')}</h2>
      <div class="scroll" tabIndex={0} role="group" aria-labelledby="timeline-numbers">
        <table data-table="timeline">
          <thead>
            <tr>
              <th scope="col">{parameter_name('overlap')}</th>
              {plan.passes.map((pass, index) => (
                <th key={pass.overlap} scope="col" class="num">
                  {overlap_name(pass)}
                  {index === plan.chosen ? ` ${p('timeline.own')}` : ''}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((key) => (
              <tr key={key}>
                <th scope="row">{w(key)}</th>
                {plan.passes.map((pass) => (
                  <td key={pass.overlap} class="num">
                    {format_number(pass[key])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="hint">{p('timeline.numbers_hint', { share: format_percent(plan.overlap_share) })}</p>
    </section>
  );
}

// Every reason for which a stream rests, of the whole pass.
function Bubbles({ plan }: { plan: TimelinePlan }) {
  const kinds = new Map(
    plan.passes.flatMap(({ rests }) => rests).map(({ stream, reason }) => [`${stream} ${reason}`, { stream, reason }]),
  );
  const of_pass = (pass: OverlapPass, stream: string, reason: string) =>
    pass.rests.find((rest) => rest.stream === stream && rest.reason === reason);
  return (
    <section class="panel" aria-labelledby="timeline-bubbles">
      <h2 id="timeline-bubbles">{p('timeline.bubbles')}</h2>
      <div class="scroll" tabIndex={0} role="group" aria-labelledby="timeline-bubbles">
        <table data-table="bubbles">
          <thead>
            <tr>
              <th scope="col">{w('stream')}</th>
              <th scope="col">{w('reason')}</th>
              {plan.passes.map((pass) => (
                <th key={pass.overlap} scope="col" class="num">
                  {overlap_name(pass)} <span class="unit">ms</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...kinds].map(([key, { stream, reason }]) => (
              <tr key={key}>
                <th scope="row">{w(`stream.${stream}`)}</th>
                <td>{w(`rest.${reason}`)}</td>
                {plan.passes.map((pass) => {
                  const rest = of_pass(pass, stream, reason);
                  return (
                    <td key={pass.overlap} class="num">
                      {rest ? `${format_number(rest.total_ms)} (${rest.count} ×)` : '—'}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

type Point = OverlapPoint & { times: NonNullable<OverlapPoint['times']> };

function Curve({ plan }: { plan: TimelinePlan }) {
  const points = plan.curve.filter((point): point is Point => point.times !== null);
  const time = quantity_name(plan.phase === 'prefill' ? 'prefill.pass_ms' : 'decode.tpot_ms');
  const lines = [
    { key: 'none_ms', name: word('choice.none') },
    { key: 'two_batch_ms', name: word('choice.two_batch') },
    { key: 'timeline_ms', name: `${word('choice.two_batch')}, ${w('timeline_ms')}` },
  ] as const;
  const rate = w('tokens_per_s_per_gpu');
  const from = (batch: number | null) => (batch === null ? w('pays_never') : format_number(batch));
  return (
    <section class="panel" aria-labelledby="timeline-curve">
      <h2 id="timeline-curve">{w('curve')}</h2>
      <p data-value="pays_from">
        {w('pays_from')}: <strong>{from(plan.pays_from)}</strong>. {w('timeline_pays_from')}:{' '}
        <strong>{from(plan.timeline_pays_from)}</strong>. ({parameter_name(plan.batch)})
      </p>
      <ul class="timeline-legend" aria-hidden="true">
        {lines.map(({ key, name }, index) => (
          <li key={key}>
            <span class={`line-${index}`} />
            {name}
          </li>
        ))}
      </ul>
      <Chart
        class="timeline-curve"
        label={w('curve')}
        data={plan}
        picture={(look) =>
          overlap_picture(
            {
              x_name: parameter_name(plan.batch),
              y_name: `${time}, ms`,
              lines: lines.map(({ key, name }) => ({
                name,
                points: points.map(({ batch, times }) => [batch, times[key]] as const),
              })),
              text: (index) => {
                const point = points[index];
                if (!point) return '';
                return [
                  `${parameter_name(plan.batch)}: ${format_number(point.batch)}`,
                  ...lines.map(({ key, name }) => `${name}: ${format_number(point.times[key])} ms`),
                ].join('\n');
              },
            },
            look,
          )
        }
        points={points.length}
        onPress={() => {}}
        lit={null}
      />
      <div class="scroll" tabIndex={0} role="group" aria-labelledby="timeline-curve">
        <table data-table="curve">
          <thead>
            <tr>
              <th scope="col">{parameter_name(plan.batch)}</th>
              {lines.map(({ key, name }) => (
                <th key={key} scope="col" class="num">
                  {name} <span class="unit">ms</span>
                </th>
              ))}
              <th scope="col" class="num">{`${rate}, ${word('choice.none')}`}</th>
              <th scope="col" class="num">{`${rate}, ${word('choice.two_batch')}`}</th>
            </tr>
          </thead>
          <tbody>
            {points.map(({ batch, times }) => (
              <tr key={batch}>
                <th scope="row">{format_number(batch)}</th>
                {lines.map(({ key }) => (
                  <td key={key} class="num">
                    {format_number(times[key])}
                  </td>
                ))}
                <td class="num">{format_number(times.none_tokens_per_s_per_gpu)}</td>
                <td class="num">{format_number(times.two_batch_tokens_per_s_per_gpu)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {points.length < plan.curve.length && <p class="hint">{p('timeline.no_room')}</p>}
    </section>
  );
}

function Events({ plan }: { plan: TimelinePlan }) {
  return (
    <section class="panel" aria-labelledby="timeline-events">
      <h2 id="timeline-events">{w('events')}</h2>
      {plan.passes.map((pass) => (
        <details key={pass.overlap}>
          <summary>{overlap_name(pass)}</summary>
          <div class="scroll" tabIndex={0} role="group" aria-label={overlap_name(pass)}>
            <table data-table={`events-${pass.overlap}`}>
              <thead>
                <tr>
                  <th scope="col">{w('stage')}</th>
                  <th scope="col">{w('stream')}</th>
                  <th scope="col">{w('micro_batch')}</th>
                  {(['layer', 'start_ms', 'end_ms', 'alone_ms'] as const).map((key) => (
                    <th key={key} scope="col" class="num">
                      {w(key)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {pass.events.map((event) => (
                  <tr key={event.index}>
                    <th scope="row">{w(`stage.${event.stage}`)}</th>
                    <td>{w(`stream.${event.stream}`)}</td>
                    <td>{batch_name(event)}</td>
                    {(['layer', 'start_ms', 'end_ms', 'alone_ms'] as const).map((key) => (
                      <td key={key} class="num">
                        {format_number(event[key])}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      ))}
    </section>
  );
}
