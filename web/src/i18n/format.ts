// Numbers as text. Four significant digits on the page; the explanation shows all that the double holds.
import { language } from './language';
import type { Language } from './words';

const locales: Record<Language, string> = { en: 'en-US', zh: 'zh-CN' };
const formats = new Map<string, Intl.NumberFormat>();

function format(digits: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language.value} ${JSON.stringify(digits)}`;
  let made = formats.get(key);
  if (!made) formats.set(key, (made = new Intl.NumberFormat(locales[language.value], digits)));
  return made;
}

// A browser's first number format takes longer than the engine's first answer; those after it are quick.
export const warm_formats = () => void format({});

export const missing = '—';

export function format_number(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return missing;
  const size = Math.abs(value);
  if (Number.isInteger(value) || size >= 1000) {
    // Twelve digits are unreadable: 608B tokens a day, or 6080亿.
    if (size >= 1e9) return format({ notation: 'compact', maximumSignificantDigits: 4 }).format(value);
    return format({ maximumFractionDigits: 0 }).format(value);
  }
  if (size < 1e-4) return value.toExponential(3);
  return format({ minimumSignificantDigits: 4, maximumSignificantDigits: 4 }).format(value);
}

export function format_exact(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return missing;
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e15 || size < 1e-6)) return String(value);
  return format({ maximumSignificantDigits: 12 }).format(value);
}

export function format_fixed(value: number | null | undefined, decimals: number): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return missing;
  return format({ minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(value);
}

export function format_percent(share: number): string {
  return format({ style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(share);
}
