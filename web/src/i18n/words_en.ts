// English, one chunk of the build: only the language in use is loaded.
export { default as engine } from '#texts/en.json';
export { default as page } from './en.json';
