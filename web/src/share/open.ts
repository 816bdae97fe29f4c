// Whether the share dialog is open. Apart from it, because the dialog is fetched when it is first opened.
import { signal } from '@preact/signals';

export const is_sharing = signal(false);
