// A picture on a canvas, of data that is also in a table beside it. A point that is pressed says which row it is; a row
// that has the focus shows its point.
import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { read_look, type Look } from '../charts/look';
import { language } from '../i18n/language';
import { system_is_dark } from '../state/media';
import { theme } from '../state/preferences';

export interface PointAt {
  series: string; // its id
  index: number;
}
interface ChartProps {
  class: string;
  label: string;
  data: unknown; // drawn again when this changes
  picture: (look: Look) => EChartsCoreOption;
  patient?: boolean; // lets another be drawn first
  points?: number; // for the tests and the bench: how many are drawn
  onPress: (at: PointAt) => void;
  lit: PointAt | null;
}

const library = () => import('../charts/echarts_sweep');
export const fetch_charts = () => void library().catch(() => {});

export function Chart({ class: name, label, data, picture, patient = false, points, onPress, lit }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const [chart, set_chart] = useState<EChartsType | null>(null);
  const press = useRef(onPress);
  press.current = onPress;
  const words = language.value;
  const colours = `${theme.value} ${system_is_dark.value}`;

  useEffect(() => {
    let made: EChartsType | undefined;
    let left = false;
    let watch: ResizeObserver | undefined;
    library()
      .then(({ init }) => {
        if (left || !place.current) return;
        made = init(place.current, null, { renderer: 'canvas' });
        watch = new ResizeObserver(() => made?.resize());
        watch.observe(place.current);
        made.on('click', ({ seriesId, dataIndex }) => {
          if (seriesId !== undefined && dataIndex !== undefined) press.current({ series: seriesId, index: dataIndex });
        });
        set_chart(made);
      })
      .catch(() => {}); // without the library the table still says it all
    return () => {
      left = true;
      watch?.disconnect();
      made?.dispose();
    };
  }, []);

  // Before the frame, not after it: the first points should not wait.
  useLayoutEffect(() => {
    if (!chart) return;
    let frame = 0;
    const draw = () => {
      const element = place.current;
      if (!element || chart.isDisposed()) return;
      // A series that this picture lacks goes.
      chart.setOption({ ...picture(read_look(element)), animation: false }, { replaceMerge: ['series'] });
      frame = requestAnimationFrame(() => element.setAttribute('data-points', String(points ?? 0)));
    };
    const timer = patient ? setTimeout(draw, 50) : undefined;
    if (!patient) draw();
    return () => {
      clearTimeout(timer);
      cancelAnimationFrame(frame);
    };
  }, [chart, data, words, colours]);

  useEffect(() => {
    if (!chart || chart.isDisposed() || !lit) return;
    const at = { seriesId: lit.series, dataIndex: lit.index };
    chart.dispatchAction({ type: 'highlight', ...at });
    chart.dispatchAction({ type: 'showTip', ...series_index(chart, lit) });
    return () => {
      if (chart.isDisposed()) return;
      chart.dispatchAction({ type: 'downplay', ...at });
      chart.dispatchAction({ type: 'hideTip' });
    };
  }, [chart, lit?.series, lit?.index, data]);

  return <div ref={place} class={`chart ${name}`} role="img" aria-label={label} />;
}

// showTip knows series by number only.
function series_index(chart: EChartsType, { series, index }: PointAt) {
  const all = (chart.getOption() as { series?: { id?: string }[] }).series ?? [];
  return { seriesIndex: all.findIndex(({ id }) => id === series), dataIndex: index };
}
