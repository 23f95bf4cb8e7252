import { useQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { Settlement as Answer } from '../../api/types';
import { useContract, useMoment, usePart, withChanges } from '../../app/place';
import { contractQuery } from '../../app/queries';
import { useContractOfSession } from '../../app/session';
import { Awaiting, Nothing } from '../../parts/Awaiting';
import { Amount, FigureLink } from '../../parts/FigureLink';
import { StateTag } from '../../parts/marks';
import { isNegative, isZero, money, signedMoney } from '../../parts/numbers';
import { Page, Panel } from '../../parts/Page';
import { Sheet, type Column } from '../../parts/Sheet';
import { TraceBody } from '../../parts/TracePanel';
import { figureText } from '../../parts/figureText';
import { pivot, type PivotRow } from './pivot';
import './settlement.css';

const Waterfall = lazy(() => import('./Waterfall'));

/** From the price to the net: what is due, what was taken off, and why. */
export default function Settlement() {
  const contract = useContract();
  const own = useContractOfSession(contract);
  const moment = useMoment();
  const query = useQuery({ ...contractQuery<Answer>(contract, '/settlement', { ...moment }), enabled: own?.seesMoney ?? false });
  if (own && !own.seesMoney) return <Page title="结算"><div className="panel"><Nothing title="金额不对您的角色显示">金额只对甲方、乙方项目经理与审计显示。</Nothing></div></Page>;
  return (
    <Page title="结算" of={own?.name} lead="按此时的事实计算；每个金额可点开查看由来。">
      <Awaiting query={query} rows={12} isEmpty={(answer) => answer.waterfall.length === 0 && answer.groups.length === 0} empty={<div className="panel"><Nothing title="此刻没有可结算的金额">合同开始履行并有付款、扣减等事实后，这里列出各步金额。</Nothing></div>}>
        {(answer) => (
          <div className="stack">
            {answer.waterfall.length > 0 && (
              <Panel title="从价款到净额" extra={answer.net && <span className="score-total">净额 <Amount text={answer.net.text} address={answer.net.address} label="净额" /> 元</span>}>
                <Suspense fallback={<div className="waterfall" role="status" aria-label="正在绘图" />}><Waterfall steps={answer.waterfall.filter((step, i) => i === 0 || !isZero(step.amount))} net={answer.net?.text ?? null} /></Suspense>
                <Steps answer={answer} />
                <StepTrace answer={answer} />
              </Panel>
            )}
            {gathered(answer.groups).map((group) => <GroupPanel key={group.kind} group={group} />)}
          </div>
        )}
      </Awaiting>
    </Page>
  );
}

/** A step of the waterfall that is published under no address of its own still opens its trace; which one stands in the page's address. */
function StepTrace({ answer }: { answer: Answer }) {
  const contract = useContract();
  const [step, setStep] = usePart('step');
  const chosen = step === '' ? undefined : answer.waterfall[Number(step)];
  return (
    <Drawer open={Boolean(chosen?.trace)} onClose={() => { setStep(null); }} size={560} title="数值的由来" className="trace-drawer" destroyOnHidden>
      {chosen?.trace && (
        <div className="trace-content">
          <p className="trace-label">{chosen.label}</p>
          <p className="trace-figure number">{signedMoney(chosen.amount)} 元</p>
          <TraceBody trace={chosen.trace} contract={contract} />
        </div>
      )}
    </Drawer>
  );
}

function StepLink({ step, place }: { step: Answer['waterfall'][number]; place: number }) {
  const [search] = useSearchParams();
  const text = signedMoney(step.amount);
  if (step.address ?? !step.trace) return <FigureLink address={step.address} label={step.label}>{text}</FigureLink>;
  return <Link className="figure" to={withChanges(search, { step: String(place) })} title="查看由来">{text}</Link>;
}

function Steps({ answer }: { answer: Answer }) {
  const [all, setAll] = useState(false);
  const idle = answer.waterfall.filter((step) => isZero(step.amount));
  const hides = !all && idle.length > 2;
  return (
    <ol className="steps">
      {answer.waterfall.map((step, i) => hides && isZero(step.amount) ? null : (
        <li key={i}><span>{step.label}</span><span className={`number ${isNegative(step.amount) ? 'minus' : ''}`}><StepLink step={step} place={i} /></span></li>
      ))}
      {hides && <li><span className="none" title={idle.map((step) => step.label).join('、')}>另有 {idle.length} 项为 0</span><button type="button" className="plain no-print" onClick={() => { setAll(true); }}>逐项列出</button></li>}
      {answer.net && <li className="net"><span>净额</span><span className="number"><FigureLink address={answer.net.address} label="净额">{money(answer.net.text)}</FigureLink></span></li>}
    </ol>
  );
}

/** Groups of one figure stand together: a table each would say everything twice. */
function gathered(groups: Answer['groups']): Answer['groups'] {
  const single = groups.filter((group) => group.figures.length === 1);
  return single.length < 2 ? groups : [...groups.filter((group) => group.figures.length > 1), { kind: 'single', label: '其他', figures: single.flatMap((group) => group.figures) }];
}

/** Amounts of zero say only that nothing happened: with more of them than this they are folded. */
const mostZeros = 3;

function GroupPanel({ group }: { group: Answer['groups'][number] }) {
  const [all, setAll] = useState(false);
  const table = pivot(group.figures);
  const zeros = group.figures.filter((figure) => figure.unit === 'money' && isZero(figure.text));
  const folds = !all && table === null && zeros.length > mostZeros;
  return (
    <Panel title={group.label} flush>
      {table === null ? (!folds || zeros.length < group.figures.length) && (
        <Sheet
          caption={group.label}
          rows={folds ? group.figures.filter((figure) => !zeros.includes(figure)) : group.figures}
          rowKey={(figure) => figure.address}
          columns={[
            { key: 'label', title: '名称', head: true, render: (figure) => figure.label.startsWith(`${group.label} · `) ? figure.label.slice(group.label.length + 3) : figure.label },
            { key: 'text', title: '数值', align: 'right', render: (figure) => <Value figure={figure} /> },
          ]}
        />
      ) : <Sheet caption={group.label} rows={table.rows} rowKey={(row) => row.key} columns={columnsOf(table.columns)} />}
      {folds && <p className="more"><span className="none" title={zeros.map((figure) => figure.label).join('、')}>另有 {zeros.length} 项为 0　</span><button type="button" className="plain no-print" onClick={() => { setAll(true); }}>逐项列出</button></p>}
    </Panel>
  );
}

function columnsOf(columns: { key: string; label: string; right: boolean }[]): Column<PivotRow>[] {
  return [
    { key: 'row', title: '名称', head: true, tight: true, render: (row) => row.label },
    ...columns.map((column): Column<PivotRow> => ({
      key: column.key,
      title: column.label,
      ...(column.right ? { align: 'right' as const } : {}),
      render: (row) => { const figure = row.cells.get(column.key); return figure ? <Value figure={figure} /> : <span className="none">—</span>; },
    })),
  ];
}

function Value({ figure }: { figure: Answer['groups'][number]['figures'][number] }) {
  if (figure.unit === 'money') return <Amount text={figure.text} address={figure.address} label={figure.label} />;
  if (/^[a-z][a-z-]*$/.test(figure.text)) return <FigureLink address={figure.address} label={figure.label}><StateTag state={figure.text} /></FigureLink>;
  return <FigureLink address={figure.address} label={figure.label} className="number">{figureText(figure)}</FigureLink>;
}
