// The module of a sweep's workers: ranges of configurations, built for speed.

export interface SweepModule {
  sweep_run(spec: string, begin: number, end: number): string; // Answer<SweepPartial>: configurations begin..end-1
}
export default function create_moecalc_sweep(options?: { instantiateWasm?: unknown }): Promise<SweepModule>;
