// The form: every parameter of the table, in its groups. Nothing here names a parameter except the short form and the
// groups that stand open at first.
import { useState } from 'preact/hooks';
import { Later } from './later';
import { t, word } from '../i18n/i18n';
import { use_store } from '../state/context';
import { is_narrow } from '../state/media';
import { is_reached, last_seen_stage } from '../state/stages';
import { plan_groups } from '../plan/groups';
import { Field } from './field';

const short_form = [
  'model',
  'device',
  'decode.batch_per_gpu',
  'decode.expert_parallel',
  'prompt_tokens',
  'overlap',
  'nic_gbit_per_s',
  'method',
];
const first_folded_stage = last_seen_stage + 8;
const open_groups = new Set(['question', 'workload', 'decode']);

// Whether the method asked for knows the parameter. One that the engine complains about is shown in any case.
function use_is_known(): (name: string) => boolean {
  const store = use_store();
  const method = String(store.value('method'));
  return (name) => {
    const methods = store.info(name)?.methods ?? [];
    return methods.length === 0 || methods.includes(method) || store.errors_of(name).length > 0;
  };
}

export function ShortForm() {
  const is_known = use_is_known();
  return (
    <section class="panel short-form" aria-labelledby="short-form-title">
      <h2 id="short-form-title">{t('form.short_title')}</h2>
      <div class="fields">
        {short_form.filter(is_known).map((name) => (
          <Field key={name} name={name} prefix="short" hints={false} />
        ))}
      </div>
    </section>
  );
}

export function FullForm() {
  const store = use_store();
  return (
    <form class="full-form" onSubmit={(event) => event.preventDefault()}>
      {store.groups
        .filter((group) => !plan_groups.has(group))
        .map((group, index) => (
          // From above to below, so that nothing moves.
          <Later key={group} stage={Math.min(index + 1, last_seen_stage)}>
            {() => <Group group={group} stage={first_folded_stage + index} />}
          </Later>
        ))}
    </form>
  );
}

function Group({ group, stage }: { group: string; stage: number }) {
  const store = use_store();
  // Held as state, so that a group opened by hand, or by an error in it, does not close under the reader's fingers.
  const [open, set_open] = useState(open_groups.has(group));
  const is_known = use_is_known();
  const members = [...store.table.values()].filter((info) => info.group === group && is_known(info.key));
  const changed = members.filter((info) => store.is_changed(info.key)).length;
  const wrong = members.some((info) => store.errors_of(info.key).length > 0);
  if (members.length === 0) return null;
  return (
    <details class="group" open={open || wrong} onToggle={(event) => set_open(event.currentTarget.open)}>
      <summary>
        <h3>{word(`group.${group}`)}</h3>
        {changed > 0 && (
          <span class="badge" title={t('form.changed')}>
            {changed}
            <span class="visually-hidden"> {t('form.changed')}</span>
          </span>
        )}
      </summary>
      {/* What is folded away is drawn after all that can be seen; on a phone the whole form is. */}
      <div class="fields">
        {((open && !is_narrow.value) || wrong || is_reached(stage)) &&
          members.map((info) => <Field key={info.key} name={info.key} prefix="full" />)}
      </div>
    </details>
  );
}
