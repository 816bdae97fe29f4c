// The parts of engine/texts that vite.config.ts makes.
declare module '*?first' {
  const words: Readonly<Record<string, string>>;
  export default words;
}
declare module '*?later' {
  const words: Readonly<Record<string, string>>;
  export default words;
}
