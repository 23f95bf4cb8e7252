import { BarChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use as register, type ECharts } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useMemo, useRef } from 'react';
import { fonts } from '../../app/theme';
import { signedMoney } from '../../parts/numbers';
import { bars } from './bars';

register([BarChart, GridComponent, SVGRenderer]);

const barHeight = 34;
const tones = { total: '#1f4e79', up: '#4f7fa8', down: '#9b2226' };

/** The steps from the price to the net as bars that hang where the last one ended. The list beside it says the same in words. */
export default function Waterfall({ steps, net }: { steps: { label: string; amount: string }[]; net: string | null }) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  const { rows, lowest } = useMemo(() => bars(steps, net), [steps, net]);
  useEffect(() => {
    if (!box.current) return;
    const made = init(box.current, null, { renderer: 'svg' });
    chart.current = made;
    const watch = new ResizeObserver(() => { made.resize(); });
    watch.observe(box.current);
    return () => { watch.disconnect(); made.dispose(); chart.current = null; };
  }, []);
  useEffect(() => {
    const narrow = (box.current?.clientWidth ?? 1000) < 560;
    chart.current?.setOption({
      animation: false,
      textStyle: { fontFamily: fonts },
      grid: { left: narrow ? 96 : 190, right: narrow ? 88 : 130, top: 6, bottom: 6 },
      xAxis: { type: 'value', min: 0, show: false },
      yAxis: {
        type: 'category', inverse: true, data: rows.map((row) => row.label), axisTick: { show: false }, axisLine: { lineStyle: { color: '#c6ced8' } },
        axisLabel: { color: '#1b2430', width: narrow ? 88 : 178, overflow: 'break', fontSize: 12 },
      },
      series: [
        { type: 'bar', stack: 'fall', silent: true, itemStyle: { color: 'transparent' }, data: rows.map((row) => row.start - lowest) },
        {
          type: 'bar', stack: 'fall', barWidth: 16, barMinHeight: 2, silent: true,
          data: rows.map((row) => ({ value: row.length, itemStyle: { color: tones[row.tone] } })),
          label: { show: true, position: 'right', color: '#1b2430', fontSize: 12, formatter: (item: { dataIndex: number }) => { const row = rows[item.dataIndex]; return row ? (row.tone === 'total' ? signedMoney(row.amount).replace(/^\+/, '') : signedMoney(row.amount)) : ''; } },
        },
      ],
    }, true);
  }, [rows, lowest]);
  return (
    <div ref={box} className="waterfall" style={{ height: rows.length * barHeight + 12 }} role="img" aria-label={`瀑布图：${rows.map((row) => `${row.label} ${signedMoney(row.amount)}`).join('，')}`} />
  );
}
