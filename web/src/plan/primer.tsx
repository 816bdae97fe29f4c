// The sizing guide's primer in short: vendors, generations, form factors, FP4, the H20. Every claim stands beside an example that the engine has computed for
// the page's question; its number opens the example in the calculator.
import type { BoxesPlan, ComputedBox, FormatRow } from '#engine_rest';
import { brief, DeviceName, held_name, Opens, ScrolledTable } from './box_cells';
import { p } from './words';

export function Primer({ plan }: { plan: BoxesPlan }) {
  return (
    <section class="panel plan-primer" aria-labelledby="plan-primer">
      <h2 id="plan-primer">{p('primer.title')}</h2>
      <p class="hint">{p('primer.hint')}</p>
      <Vendors plan={plan} />
      <Generations plan={plan} />
      <FormFactors plan={plan} />
      <FourBits plan={plan} />
      <H20 plan={plan} />
    </section>
  );
}

const box_of = (plan: BoxesPlan, id: string, device: string): ComputedBox | undefined =>
  plan.rows.find((row) => row.id === id)?.computed.find((box) => box.device === device);
const example_of = (plan: BoxesPlan, device: string): ComputedBox | undefined =>
  plan.examples.find((box) => box.device === device);
const chosen_of = (box: ComputedBox | undefined): FormatRow | undefined =>
  box && box.chosen !== null ? box.formats[box.chosen] : undefined;

interface Shown {
  box: ComputedBox | undefined;
  format: FormatRow | undefined;
}

// Boxes side by side: bars of users, the number a link.
function Examples({ title, shown }: { title: string; shown: readonly Shown[] }) {
  const most = Math.max(1, ...shown.map(({ format }) => format?.users ?? 0));
  return (
    <table class="plan-bars">
      <caption>{title}</caption>
      <tbody>
        {shown.map(
          ({ box, format }, index) =>
            box && (
              <tr key={index}>
                <th scope="row">
                  {brief(box.devices)} × <DeviceName id={box.device} />
                  {format && `, ${held_name(format)}`}
                </th>
                <td class="bar">
                  <meter min={0} max={most} value={format?.users ?? 0} aria-hidden="true" />
                </td>
                <td class="num">
                  {format ? (
                    <Opens link={format.link}>{p('primer.users', { users: brief(format.users) })}</Opens>
                  ) : (
                    p('primer.does_not_fit')
                  )}
                </td>
                <td class="num">{format?.ttft_ms != null && p('primer.ttft', { ms: brief(format.ttft_ms) })}</td>
              </tr>
            ),
        )}
      </tbody>
    </table>
  );
}

function shown_of(...boxes: (ComputedBox | undefined)[]): Shown[] {
  return boxes.map((box) => ({ box, format: chosen_of(box) }));
}

function Vendors({ plan }: { plan: BoxesPlan }) {
  return (
    <article>
      <h3>{p('primer.vendors')}</h3>
      <ul>
        {(['cpu', 'nvidia', 'amd', 'huawei'] as const).map((vendor) => (
          <li key={vendor}>{p(`primer.vendor.${vendor}`)}</li>
        ))}
      </ul>
      <Examples
        title={p('primer.vendors_example')}
        shown={shown_of(
          box_of(plan, 'h200', 'h200'),
          box_of(plan, 'mi300x', 'mi300x'),
          box_of(plan, 'ascend', 'ascend-910c'),
        )}
      />
    </article>
  );
}

const units = ['FP16', 'BF16', 'INT8', 'FP8', 'FP4'];

function Generations({ plan }: { plan: BoxesPlan }) {
  return (
    <article>
      <h3>{p('primer.generations')}</h3>
      <p>{p('primer.generations_claim')}</p>
      <ScrolledTable
        id="generations"
        title={p('primer.generations')}
        columns={[{ name: p('primer.series') }, { name: p('primer.cards') }, ...units.map((name) => ({ name }))]}
      >
        {plan.generations.map((each) => (
          <tr key={each.series}>
            <th scope="row">
              {each.series} ({each.year})
            </th>
            <td>{each.cards}</td>
            {each.device === '' ? (
              <td colSpan={units.length}>{p('primer.not_in_catalogue')}</td>
            ) : (
              units.map((unit) => <td key={unit}>{each.units.includes(unit) ? '✓' : '—'}</td>)
            )}
          </tr>
        ))}
      </ScrolledTable>
      <Examples
        title={p('primer.generations_example')}
        shown={shown_of(box_of(plan, 'a100', 'a100-pcie-80g'), box_of(plan, 'h100', 'h100-pcie'))}
      />
    </article>
  );
}

function FormFactors({ plan }: { plan: BoxesPlan }) {
  return (
    <article>
      <h3>{p('primer.form')}</h3>
      <ul>
        <li>{p('primer.form.sxm')}</li>
        <li>{p('primer.form.pcie')}</li>
      </ul>
      <p>{p('primer.form.advice')}</p>
      <Examples
        title={p('primer.form_example')}
        shown={shown_of(box_of(plan, 'h100', 'h800'), box_of(plan, 'h100', 'h100-pcie'))}
      />
    </article>
  );
}

function FourBits({ plan }: { plan: BoxesPlan }) {
  const b200 = example_of(plan, 'b200');
  const of = (format: string) => ({ box: b200, format: b200?.formats.find((each) => each.format === format) });
  return (
    <article>
      <h3>{p('primer.fp4')}</h3>
      <p>{p('primer.fp4_claim')}</p>
      <Examples
        title={p('primer.fp4_example')}
        shown={[...shown_of(box_of(plan, 'h200', 'h200')), of('fp8'), of('nvfp4')]}
      />
    </article>
  );
}

function H20({ plan }: { plan: BoxesPlan }) {
  return (
    <article>
      <h3>{p('primer.h20')}</h3>
      <p>{p('primer.h20_claim')}</p>
      <Examples
        title={p('primer.h20_example')}
        shown={shown_of(example_of(plan, 'h20'), box_of(plan, 'h200', 'h200'), box_of(plan, 'h40', 'h20'))}
      />
    </article>
  );
}
