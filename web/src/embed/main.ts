// The entry of an embed: one view of the page inside somebody else's. It never touches an address, keeps nothing and registers nothing.
import { load_words } from '../i18n/words';
import { read_request } from './request';

const request = read_request(location, navigator.language);
const words = load_words(request.language);
const { start_embed } = await import('./start');
await start_embed(document.getElementById('app')!, request, words);
