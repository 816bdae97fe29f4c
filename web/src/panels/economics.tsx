// The cost panel: a fleet's day in dollars, from its own inputs, which stand here and not in the form.
import { quantity_name, t, unit_name } from '../i18n/i18n';
import { use_store } from '../state/context';
import { Field } from './field';
import { NumberButton } from './number_button';

export const economics_group = 'economics';

export function Economics() {
  const store = use_store();
  const inputs = [...store.table.values()].filter((info) => info.group === economics_group);
  return (
    <section class={`panel economics${store.stale.value ? ' stale' : ''}`} aria-labelledby="economics-title">
      <h2 id="economics-title">{t('economics.title')}</h2>
      <p class="hint">{t('economics.hint')}</p>
      <div class="economics-body">
        <CostTable />
        <details open>
          <summary>
            <h3>{t('economics.inputs')}</h3>
          </summary>
          <div class="fields">
            {inputs.map((info) => (
              <Field key={info.key} name={info.key} prefix="cost" hints={false} />
            ))}
          </div>
        </details>
      </div>
    </section>
  );
}

export function CostTable() {
  const store = use_store();
  const report = store.report.value;
  const quantities = store.engine
    .quantities()
    .filter((info) => info.group === economics_group && info.key in (report?.quantities ?? {}));
  return (
    <table>
      <caption class="visually-hidden">{t('economics.title')}</caption>
      <tbody>
        {quantities.map((info) => (
          <tr key={info.key}>
            <th scope="row">{quantity_name(info.key)}</th>
            <td class="num">
              <NumberButton quantity={info.key} value={report?.quantities[info.key]} />
            </td>
            <td class="unit-cell">{unit_name(info.unit)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
