// English, one chunk of the build: only the language in use is loaded.
export { default as engine } from '#texts/en.json?first';
export { default as page } from './en.json';
export const later = async () => (await import('#texts/en.json?later')).default;
