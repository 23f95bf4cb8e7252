import { useQuery } from '@tanstack/react-query';
import { App, Button, Drawer } from 'antd';
import { Link, useLocation, useNavigate, useSearchParams } from 'react-router';
import type { Figure, Trace } from '../api/types';
import { contractPath, useContract, useMoment, withChanges } from '../app/place';
import { contractQuery } from '../app/queries';
import { useContractOfSession } from '../app/session';
import { Awaiting } from './Awaiting';
import { InstantText } from './marks';
import { money } from './numbers';
import { gather, TraceTree } from './Trace';
import { figureText } from './figureText';
import { kindWord } from './words';

/** The side panel that any figure opens; which one stands in the page's address (`trace`, and `of` where the page spans contracts). */
export function TracePanel() {
  const [search] = useSearchParams();
  const location = useLocation();
  const navigate = useNavigate();
  const here = useContract();
  const trace = search.get('trace');
  const contract = search.get('of') ?? here;
  const close = () => { void navigate({ pathname: location.pathname, search: withChanges(search, { trace: null, of: null }) }, { replace: true }); };
  return (
    <Drawer open={Boolean(trace && contract)} onClose={close} size={560} title="数值的由来" className="trace-drawer" destroyOnHidden extra={<CopyLink />} keyboard>
      {trace && contract && <TraceContent contract={contract} address={trace} />}
    </Drawer>
  );
}

function CopyLink() {
  const { message } = App.useApp();
  const copy = () => {
    navigator.clipboard.writeText(window.location.href).then(
      () => { void message.success('链接已复制，收到的人登录后看到同一数值'); },
      () => { void message.info('浏览器不允许复制，请从地址栏复制链接'); });
  };
  return <Button size="small" onClick={copy}>复制链接</Button>;
}

export function TraceContent({ contract, address }: { contract: string; address: string }) {
  const moment = useMoment();
  const name = useContractOfSession(contract)?.name;
  const query = useQuery({ ...contractQuery<Figure>(contract, '/figures', { address, ...moment }), placeholderData: undefined });
  return (
    <Awaiting query={query} rows={10}>
      {(figure) => (
          <div className="trace-content">
            <p className="trace-label">{figure.label}</p>
            <p className="trace-figure number">{figure.unit === 'money' ? `${money(figure.text)} 元` : figure.unit === 'points' ? `${figure.text} 分` : figureText(figure)}</p>
            <dl className="facts narrow">
              {name && <div><dt>合同</dt><dd>{name}</dd></div>}
              <div><dt>数值地址</dt><dd><code>{figure.address}</code></dd></div>
              <div><dt>判定时刻</dt><dd><InstantText at={figure.asOf} /></dd></div>
              {moment.recorded && <div><dt>只看此前记录</dt><dd><InstantText at={moment.recorded} /></dd></div>}
              {figure.exact && figure.exact !== figure.text && Number(figure.exact) !== Number(figure.text) && <div><dt>未舍入</dt><dd className="number">{figure.exact}</dd></div>}
            </dl>
            <TraceBody trace={figure.trace} contract={contract} />
          </div>
      )}
    </Awaiting>
  );
}

/** The steps, then all clauses and facts they rest on. */
export function TraceBody({ trace, contract }: { trace: Trace; contract: string }) {
  const moment = useMoment();
  const { clauses, facts } = gather(trace);
  return (
    <>
      <h3>怎样算出</h3>
      <TraceTree trace={trace} contract={contract} asOf={moment.asOf} />
      <h3>所依条款（{clauses.length}）</h3>
      {clauses.length === 0 ? <p className="none">没有直接引用条款。</p> : (
        <ul className="refs">{clauses.map((clause) => (
          <li key={clause.id}><Link to={contractPath(contract, 'clauses', { clause: clause.id, asOf: moment.asOf })}>{clause.id}</Link><span>{clause.text}</span></li>
        ))}</ul>
      )}
      <h3>所据事实（{facts.length}）</h3>
      {facts.length === 0 ? <p className="none">没有用到事实：这个数值由合同文本直接得出，或此前没有相关事实。</p> : (
        <ul className="refs">{facts.map((fact) => (
          <li key={fact.id}>
            <Link to={contractPath(contract, 'facts', { fact: fact.id, asOf: moment.asOf })}>{fact.id}</Link>
            <span>{kindWord(fact.kind)} · {fact.subject}<br /><small><InstantText at={fact.at} />{fact.seq ? `　链上第 ${fact.seq} 件` : ''}</small></span>
          </li>
        ))}</ul>
      )}
    </>
  );
}
