// Releases are numbers between points: 0.10 comes after 0.9.
export function is_newer(release: string, than: string): boolean {
  const [one, other] = [release, than].map((each) => each.split('.').map(Number)) as [number[], number[]];
  for (let at = 0; at < Math.max(one.length, other.length); at++) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}
