// The language in use. Apart from the words, because numbers are formatted by it too.
import { signal } from '@preact/signals';
import type { Language } from './words';

export const language = signal<Language>('en');
