// Formula text ("58 * (T_dispatch + max(a, b))") as mathematics: centred dots, subscripts, upright function names.
import type { ComponentChildren } from 'preact';

const token = /([A-Za-z][A-Za-z0-9_]*)|(\d+\.?\d*(?:[eE][+-]?\d+)?)|\s+|(.)/g;
const operators: Record<string, string> = { '*': ' · ', '/': ' / ', '+': ' + ', '-': ' − ', ',': ', ' };

export function Formula({ text }: { text: string }) {
  const parts: ComponentChildren[] = [];
  for (const [, name, number, other] of text.matchAll(token)) {
    if (name !== undefined) parts.push(<Symbol key={parts.length} name={name} />);
    else if (number !== undefined) parts.push(number);
    else if (other !== undefined) parts.push(operators[other] ?? other);
  }
  return <span class="formula">{parts}</span>;
}

export function Symbol({ name }: { name: string }) {
  if (name === 'max' || name === 'min') return <span class="function">{name}</span>;
  const [base, ...below] = name.split('_');
  return (
    <var>
      {base}
      {below.length > 0 && <sub>{below.join(' ')}</sub>}
    </var>
  );
}
