// The entry. It is small, so that the words of the reader's language are asked for while the rest still arrives.
import { load_words } from './i18n/words';
import { preferred_language } from './state/remembered';

const language = preferred_language();
const words = load_words(language);
const { start } = await import('./app/start');
await start(document.getElementById('app')!, language, words);
