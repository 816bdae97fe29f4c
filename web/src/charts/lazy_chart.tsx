// A picture of data that is also in a table beside it. Space is kept from the start; the library comes when the page
// has nothing better to do.
import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { useEffect, useRef, useState } from 'preact/hooks';
import { language } from '../i18n/language';
import { theme } from '../state/preferences';
import { reduces_motion, system_is_dark } from '../state/media';
import { read_look, type Look } from './look';

export type Picture<T> = (data: T, look: Look) => EChartsCoreOption;

interface ChartProps<T> {
  data: T;
  label: string;
  class: string;
  rows?: number;
}

const row_px = 30;

export function lazy_chart<T>(picture: Picture<T>) {
  return function Chart({ data, label, class: name, rows }: ChartProps<T>) {
    const place = useRef<HTMLDivElement>(null);
    const [chart, set_chart] = useState<EChartsType | null>(null);
    const words = language.value;
    const colours = `${theme.value} ${system_is_dark.value}`;

    useEffect(() => {
      let made: EChartsType | undefined;
      let left = false;
      let watch: ResizeObserver | undefined;
      void when_idle()
        .then(() => import('./echarts'))
        .then(({ init }) => {
          if (left || !place.current) return;
          made = init(place.current, null, { renderer: 'svg' });
          watch = new ResizeObserver(() => made?.resize());
          watch.observe(place.current);
          set_chart(made);
        })
        .catch(() => {}); // without the library the table still says it all
      return () => {
        left = true;
        watch?.disconnect();
        made?.dispose();
      };
    }, []);

    // Drawing three charts takes longer than a frame: the numbers go first.
    useEffect(() => {
      if (!chart) return;
      const timer = setTimeout(() => {
        if (!place.current || chart.isDisposed()) return;
        chart.resize();
        chart.setOption(
          {
            ...picture(data, read_look(place.current)),
            animation: !reduces_motion.value,
            animationDuration: 0,
            animationDurationUpdate: 150,
          },
          { replaceMerge: ['series'] }, // a part of the last picture that this one lacks goes
        );
      }, 50);
      return () => clearTimeout(timer);
    }, [chart, data, words, colours]);

    return (
      <div
        ref={place}
        class={`chart ${name}`}
        role="img"
        aria-label={label}
        {...(rows === undefined ? {} : { style: { height: `${rows * row_px + 34}px` } })}
      />
    );
  };
}

function when_idle(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === 'function') {
      requestIdleCallback(() => resolve(), { timeout: 1500 });
    } else setTimeout(resolve, 200);
  });
}
