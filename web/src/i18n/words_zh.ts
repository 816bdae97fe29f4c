// Chinese, one chunk of the build: only the language in use is loaded.
export { default as engine } from '#texts/zh.json?first';
export { default as page } from './zh.json';
export const later = async () => (await import('#texts/zh.json?later')).default;
