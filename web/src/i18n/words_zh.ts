// Chinese, one chunk of the build: only the language in use is loaded.
export { default as engine } from '#texts/zh.json';
export { default as page } from './zh.json';
