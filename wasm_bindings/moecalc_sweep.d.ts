// The module of a sweep's workers: ranges of configurations, built for speed.

export interface SweepModule {
  /** Configurations begin..end-1: a SweepPartial as a view of the module's memory, good until the next call, or Answer with errors. */
  sweep_run(spec: string, begin: number, end: number, hash_bound: number): Float64Array | string;
}
export default function create_moecalc_sweep(options?: { instantiateWasm?: unknown }): Promise<SweepModule>;
