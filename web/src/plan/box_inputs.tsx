// What boxes and machines are asked for: the question's part that matters to them, the speed, and prices.
import { word } from '../i18n/i18n';
import { Field } from '../panels/field';
import { use_store } from '../state/context';
import { p } from './words';

const of_question = [
  'model',
  'device',
  'prompt_tokens',
  'output_tokens',
  'weight_format',
  'kv_format',
  'gpus_per_node',
  'purchase.tokens_per_s_per_user',
];

export function BoxInputs() {
  const store = use_store();
  const purchase = [...store.table.values()].filter(
    (info) => info.group === 'purchase' && !of_question.includes(info.key),
  );
  return (
    <section class="panel economics" aria-labelledby="plan-box-inputs">
      <h2 id="plan-box-inputs">{p('boxes.inputs')}</h2>
      <div class="fields">
        {of_question.map((name) => (
          <Field key={name} name={name} prefix="plan" hints={false} />
        ))}
      </div>
      <details>
        <summary>
          <h3>{word('group.purchase')}</h3>
        </summary>
        <p class="hint">{word('group.purchase.hint')}</p>
        <div class="fields">
          {purchase.map((info) => (
            <Field key={info.key} name={info.key} prefix="plan" />
          ))}
        </div>
      </details>
    </section>
  );
}
