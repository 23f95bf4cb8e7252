import { Link } from 'react-router';
import type { KeyFigure } from '../api/types';
import { contractPath } from '../app/place';
import { FigureLink } from './FigureLink';
import { stateWord } from './words';

/** A figure of a contract's card. An amount that is published under no single address leads to the settlement it is part of. */
export function KeyFigureText({ figure, contract }: { figure: KeyFigure; contract: string }) {
  if (!figure.address && figure.text.endsWith('元')) return <Link to={contractPath(contract, 'settlement')} className="figure number" aria-label={`${figure.label} ${figure.text}，查看结算`}>{figure.text}</Link>;
  return <FigureLink address={figure.address} contract={contract} label={`${figure.label} ${figure.text}`} className="number">{stateWord(figure.text)}</FigureLink>;
}
