// Which configurations a worker gets next. The sweep is cut into stripes that are taken in turn, far-apart ones first,
// so that the first points on the screen come from all over the design space and not from one corner of it.

export interface Range {
  begin: number;
  end: number; // not included
}
export interface Piece extends Range {
  attempts: number; // how often a worker has died of it
}

const stripes = 16; // a power of two
const first_piece = 256;
const least_piece = 64;
const most_growth = 4; // the first pieces are too short to tell the speed well

export interface Ranges {
  take(workers: number): Piece | null;
  // A worker died of it: it comes again, in halves, because what was too much may be enough for two. Or before it: as it was.
  give_back(piece: Piece, is_to_blame: boolean): void;
  // How long a piece took: the next ones are sized by it.
  took(piece: Range, ms: number): void;
  readonly remaining: number; // not yet taken
}

export function create_ranges(total: number, target_ms: number): Ranges {
  const fresh: Range[] = [];
  const again: Piece[] = [];
  const width = Math.ceil(total / stripes);
  if (total < stripes * first_piece) {
    fresh.push({ begin: 0, end: total });
  } else {
    for (let i = 0; i < stripes; i++) {
      const at = reverse_bits(i, stripes);
      fresh.push({ begin: Math.min(total, at * width), end: Math.min(total, (at + 1) * width) });
    }
  }
  let size = first_piece;
  let remaining = total;
  return {
    get remaining() {
      return remaining;
    },
    take(workers) {
      const failed = again.shift();
      if (failed) {
        remaining -= failed.end - failed.begin;
        return failed;
      }
      const range = fresh.shift();
      if (!range) return null;
      // Towards the end pieces shrink, so that no worker is left alone with a long one.
      const share = Math.max(least_piece, Math.ceil(size / 16), Math.ceil(remaining / (2 * workers)));
      const end = Math.min(range.end, range.begin + Math.min(size, share));
      if (end < range.end) fresh.push({ begin: end, end: range.end });
      remaining -= end - range.begin;
      return { begin: range.begin, end, attempts: 0 };
    },
    give_back(piece, is_to_blame) {
      const { begin, end, attempts } = piece;
      remaining += end - begin;
      if (!is_to_blame) return void again.push(piece);
      const middle = end - begin > 2 * least_piece ? Math.floor((begin + end) / 2) : end;
      again.push({ begin, end: middle, attempts: attempts + 1 });
      if (middle < end) again.push({ begin: middle, end, attempts: attempts + 1 });
    },
    took({ begin, end }, ms) {
      const wanted = ((end - begin) * target_ms) / Math.max(ms, 0.1);
      if (end - begin >= Math.min(size, first_piece)) {
        size = Math.round(Math.max(least_piece, Math.min(wanted, size * most_growth)));
      }
    },
  };
}

function reverse_bits(value: number, of: number): number {
  let reversed = 0;
  for (let bit = 1; bit < of; bit *= 2) {
    reversed = reversed * 2 + (value & 1);
    value >>= 1;
  }
  return reversed;
}
