// Stands in for sweep/browser_workers.ts in the single file: a worker's program would be a second file.
export { on_this_thread as make_browser_workers } from '../sweep/main_thread_workers';

export const worker_count = () => 1;
