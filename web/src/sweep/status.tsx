// How large the sweep is, how far it has come, and the buttons that start and stop it.
import { format_number, format_fixed } from '../i18n/format';
import { live_total, type Session } from './session';
import { s } from './words';

const whole = (value: number) => format_number(Math.round(value));
const seconds = (ms: number) => format_fixed(ms / 1000, ms < 9_950 ? 2 : 0);

export function Status({ session }: { session: Session }) {
  const plan = session.plan.value;
  const total = plan.ok ? plan.value.total : null;
  const running = session.state.value === 'running';
  return (
    <section class="panel sweep-status" aria-label={s('status')} data-state={session.state.value}>
      <div class="sweep-run">
        <p class="sweep-size" data-total={total ?? ''}>
          <strong data-first-result={total === null ? undefined : true}>
            {total === null ? '—' : format_number(total)}
          </strong>{' '}
          {s('size')}
          {total !== null && <span class="hint"> {s(total <= live_total ? 'size.live' : 'size.by_button')}</span>}
        </p>
        <div class="buttons">
          <button type="button" class="primary run" disabled={running || total === null} onClick={session.start}>
            {s(session.state.value === 'done' && !session.stale.value ? 'run.again' : 'run')}
          </button>
          <button type="button" class="cancel" disabled={!running} onClick={session.cancel}>
            {s('cancel')}
          </button>
        </div>
      </div>
      <ProgressLine session={session} />
      <p class="visually-hidden" role="status">
        {running ? s('state.running') : session.state.value === 'idle' ? '' : s(`state.${session.state.value}`)}
      </p>
    </section>
  );
}

function ProgressLine({ session }: { session: Session }) {
  const state = session.state.value;
  const progress = session.progress.value;
  const counts = session.shown.value?.result.counts;
  if (!progress) {
    return (
      <>
        <progress max={1} value={0} aria-label={s('progress')} />
        <p class="hint">{s('progress.none', { workers: session.workers })}</p>
      </>
    );
  }
  const { done, total, ms, replaced } = progress;
  const per_s = ms > 0 ? (done * 1000) / ms : 0;
  const left_ms = per_s > 0 ? ((total - done) * 1000) / per_s : 0;
  return (
    <>
      <progress max={total} value={done} aria-label={s('progress')} />
      <p class="hint progress-text" data-done={done} data-ms={ms}>
        {s('progress.done', { done: format_number(done), total: format_number(total) })}
        {' · '}
        {s('progress.rate', { rate: whole(per_s), workers: session.workers })}
        {' · '}
        {state === 'running' && left_ms > 0
          ? s('progress.left', { seconds: seconds(left_ms) })
          : s(state === 'cancelled' ? 'progress.cancelled' : 'progress.took', { seconds: seconds(ms) })}
      </p>
      {counts && (
        <p class="hint counts" data-kept={counts.kept}>
          {s('counts', {
            kept: format_number(counts.kept),
            rejected: format_number(counts.rejected),
            unfit: format_number(counts.does_not_fit),
            invalid: format_number(counts.invalid),
          })}
        </p>
      )}
      {replaced > 0 && (
        <p class="verdict warn" role="status" data-replaced={replaced}>
          {s(replaced === 1 ? 'replaced.one' : 'replaced', { count: replaced })}
        </p>
      )}
      {state === 'failed' && (
        <p class="verdict bad" role="alert">
          {s('failed', { reason: session.reason.value })}
        </p>
      )}
    </>
  );
}
