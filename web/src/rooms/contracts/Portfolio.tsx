import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { Link, useNavigate } from 'react-router';
import type { ContractCard } from '../../api/types';
import { contractPath, usePart } from '../../app/place';
import { overallQuery } from '../../app/queries';
import { Awaiting, Nothing } from '../../parts/Awaiting';
import { KeyFigureText } from '../../parts/KeyFigureText';
import { LightMark } from '../../parts/marks';
import { partyWord } from '../../parts/words';
import { Page, Panel } from '../../parts/Page';
import { Sheet, type Column } from '../../parts/Sheet';

const order = { red: 0, amber: 1, green: 2 } as const;

const columns: Column<ContractCard>[] = [
  { key: 'name', title: '合同', head: true, width: 16, sort: (card) => card.name, render: (card) => <Link to={contractPath(card.id)}>{card.name}</Link> },
  { key: 'light', title: '状态', tight: true, sort: (card) => order[card.light], render: (card) => <LightMark light={card.light} /> },
  { key: 'reasons', title: '缘由', width: 14, render: (card) => card.reasons.length === 0 ? <span className="none">没有需要关注的事项</span> : <ul>{card.reasons.map((reason, i) => <li key={i}>{reason}</li>)}</ul> },
  {
    key: 'figures', title: '主要数值', width: 12,
    render: (card) => <ul>{card.keyFigures.map((figure) => <li key={figure.label}><small>{figure.label}</small> <KeyFigureText figure={figure} contract={card.id} /></li>)}</ul>,
  },
  { key: 'parties', title: '当事人', width: 12, render: (card) => <ul>{Object.entries(card.parties).map(([role, name]) => <li key={role} title={partyWord(role)}>{name}</li>)}</ul> },
  { key: 'term', title: '服务期', tight: true, sort: (card) => card.term?.from ?? '', render: (card) => card.term ? <span className="number">{card.term.from}<br />至 {card.term.through}</span> : <span className="none">—</span> },
  { key: 'due', title: '即将到期', align: 'right', sort: (card) => card.dueSoon, render: (card) => card.dueSoon === 0 ? <span className="none">0</span> : <Link to={contractPath(card.id, 'duties', { state: 'pending' })}>{card.dueSoon}</Link> },
  { key: 'claims', title: '未决主张', align: 'right', sort: (card) => card.openClaims, render: (card) => card.openClaims === 0 ? <span className="none">0</span> : <Link to={contractPath(card.id, 'claims')}>{card.openClaims}</Link> },
];

/** All contracts one takes part in. */
export default function Portfolio() {
  const [text, setText] = usePart('text');
  const navigate = useNavigate();
  const query = useQuery(overallQuery<ContractCard[]>('/contracts'));
  const matches = (card: ContractCard) => [card.name, card.id, ...Object.values(card.parties)].some((part) => part.includes(text.trim()));
  return (
    <Page title="合同" lead="您参与的全部合同。" actions={<Input allowClear placeholder="按名称、编号或当事人查找" aria-label="查找合同" defaultValue={text} onChange={(event) => { setText(event.target.value); }} className="wide-input" />}>
      <Awaiting query={query} isEmpty={(cards) => cards.length === 0} empty={<div className="panel"><Nothing title="没有您参与的合同">请与安全管理员联系授权。</Nothing></div>}>
        {(cards) => {
          const shown = cards.filter(matches);
          return (
            <Panel flush>
              {shown.length === 0 ? <Nothing title="没有符合的合同">换一个词再找，或清空查找。</Nothing>
                : <Sheet caption="合同" columns={columns} rows={shown} rowKey={(card) => card.id} onOpen={(card) => { void navigate(contractPath(card.id)); }} />}
            </Panel>
          );
        }}
      </Awaiting>
    </Page>
  );
}
