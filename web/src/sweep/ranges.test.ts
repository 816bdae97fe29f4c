import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { create_ranges, type Piece } from './ranges';

test('every configuration is taken once, whatever the size, the speed and the failures', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200_000 }),
      fc.integer({ min: 1, max: 8 }),
      fc.array(
        fc.record({ ms: fc.double({ min: 0, max: 500, noNaN: true }), dies: fc.boolean(), blame: fc.boolean() }),
        {
          maxLength: 60,
        },
      ),
      (total, workers, fates) => {
        const ranges = create_ranges(total, 60);
        const done: Piece[] = [];
        for (let at = 0, piece = ranges.take(workers); piece; piece = ranges.take(workers), at++) {
          const fate = fates[at];
          if (fate?.dies) ranges.give_back(piece, fate.blame);
          else {
            ranges.took(piece, fate?.ms ?? 50);
            done.push(piece);
          }
        }
        expect(ranges.remaining).toBe(0);
        done.sort((one, other) => one.begin - other.begin);
        let next = 0;
        for (const { begin, end } of done) {
          expect(begin).toBe(next);
          expect(end).toBeGreaterThan(begin);
          next = end;
        }
        expect(next).toBe(total);
      },
    ),
  );
});

test('the first piece is small, the next ones as long as asked, the first ones far apart', () => {
  const ranges = create_ranges(10_000_000, 60);
  const first = ranges.take(2)!;
  expect(first.end - first.begin).toBe(256);
  const second = ranges.take(2)!;
  expect(Math.abs(second.begin - first.begin)).toBeGreaterThan(4_000_000);
  let piece = second;
  for (let i = 0; i < 20; i++) {
    ranges.took(piece, (piece.end - piece.begin) / 500); // 500 a millisecond
    piece = ranges.take(2)!;
  }
  expect((piece.end - piece.begin) / 500).toBeCloseTo(60, 0);
});

test('what killed a worker comes again in halves', () => {
  const ranges = create_ranges(1000, 60);
  const piece = ranges.take(1)!;
  ranges.give_back(piece, true);
  const half = ranges.take(1)!;
  expect(half).toEqual({ begin: piece.begin, end: (piece.begin + piece.end) / 2, attempts: 1 });
  ranges.give_back(half, false);
  ranges.take(1);
  expect(ranges.take(1)).toEqual(half);
});
