// Measured serving runs beside their predictions, made at build time (scripts/validation_data.mjs); a file of its own.
import { signal } from '@preact/signals';

export interface Summary {
  by: string; // '', 'device', 'model', …
  value: string;
  rows: number;
  predicted: number;
  median: number;
  p90: number;
  bias: number;
}
export interface Run {
  id: string;
  model: string;
  device: string;
  engine: string;
  mode: string;
  weight_format: string;
  // What the catalogue calls them; '' if it does not.
  catalogue_model: string;
  catalogue_device: string;
  concurrency: number;
  measured: number; // TPOT, ms
  predicted: number | null;
  link: string; // the question, for those farthest off
}
export interface Validation {
  summaries: Summary[];
  runs: Run[];
  left_out: [reason: string, rows: number][];
  rows: number; // of the file, left out ones too
}

type Named = 'model' | 'device' | 'engine' | 'mode' | 'weight_format';
export interface ValidationFile {
  names: Record<Named, string[]>;
  models: string[]; // ids in the catalogue, beside names.model
  devices: string[];
  columns: Record<Named | 'concurrency' | 'measured', number[]> & {
    predicted: (number | null)[];
    id: string[];
    link: string[];
  };
  summaries: Summary[];
  left_out: [string, number][];
  rows: number;
}

export function validation_of({ names, models, devices, columns, ...rest }: ValidationFile): Validation {
  const name = (of: Named, row: number) => names[of][columns[of][row] ?? -1] ?? '';
  const runs = columns.id.map((id, row): Run => ({
    id,
    model: name('model', row),
    device: name('device', row),
    engine: name('engine', row),
    mode: name('mode', row),
    weight_format: name('weight_format', row),
    catalogue_model: models[columns.model[row] ?? -1] ?? '',
    catalogue_device: devices[columns.device[row] ?? -1] ?? '',
    concurrency: columns.concurrency[row] ?? NaN,
    measured: columns.measured[row] ?? NaN,
    predicted: columns.predicted[row] ?? null,
    link: columns.link[row] ?? '',
  }));
  return { ...rest, runs };
}

// predicted / measured - 1
export const error_of = ({ predicted, measured }: Run): number | null =>
  predicted === null ? null : predicted / measured - 1;

// Farthest off first, either way alike; what has no prediction last.
export function by_error(runs: readonly Run[]): Run[] {
  const off = ({ predicted, measured }: Run) => (predicted === null ? -1 : Math.abs(Math.log(predicted / measured)));
  return [...runs].sort((one, other) => off(other) - off(one));
}

// null: nobody has asked for it.
export const validation = signal<Validation | null>(null);

export async function load_validation(): Promise<Validation> {
  const file = (await import('#validation')).default as unknown as ValidationFile;
  return (validation.value ??= validation_of(file));
}
