// Numbers out of a module's memory, where the next call writes others.
export function numbers_of(answer: Float64Array | string): Float64Array {
  if (typeof answer === 'string') throw new Error(answer.slice(0, 500));
  return answer.slice();
}
