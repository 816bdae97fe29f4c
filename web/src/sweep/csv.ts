// Rows as a file. A spreadsheet takes a cell that begins with = + - or @ for a formula and would run it, so such a text
// gets an apostrophe in front; numbers stay numbers.
import type { ParameterValue, SweepPlan, SweepRow } from '../engine/engine';
import { places, value_at } from './rows';

export function csv_cell(value: ParameterValue | null | undefined): string {
  if (value === null || value === undefined) return '';
  const text = String(value);
  const is_number = text.trim() !== '' && Number.isFinite(Number(text));
  const safe = /^[=+\-@\t\r]/.test(text) && !is_number ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csv_of(plan: SweepPlan, rows: readonly SweepRow[]): string {
  const columns = places(plan);
  const lines = [
    [...columns.map(({ parameter }) => parameter), ...plan.columns],
    ...rows.map((row) => [...columns.map((place) => value_at(plan, row, place)), ...row.values]),
  ];
  return lines.map((line) => line.map(csv_cell).join(',') + '\r\n').join('');
}

export function download(name: string, type: string, content: BlobPart) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
