// Whether the dialog for a model's config.json is open.
import { signal } from '@preact/signals';

export const config_is_open = signal(false);
