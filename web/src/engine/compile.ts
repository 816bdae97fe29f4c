// A module's bytes, compiled while they arrive. (In the single file: single/compile.ts.)
export async function compile(url: string): Promise<WebAssembly.Module> {
  const response = await fetch(url, { credentials: 'same-origin' }); // as the preload in the head asks
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  // A host that does not know the type of .wasm files makes compiling on the way impossible.
  if (response.headers.get('content-type') !== 'application/wasm') {
    return WebAssembly.compile(await response.arrayBuffer());
  }
  return WebAssembly.compileStreaming(response);
}
