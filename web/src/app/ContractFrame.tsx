import { Outlet } from 'react-router';
import { Nothing } from '../parts/Awaiting';
import { Page } from '../parts/Page';
import { MomentBar } from './MomentBar';
import { useContract } from './place';
import { useContractOfSession } from './session';

/** What all pages of a contract share: its name, and the moment it is judged at. */
export function ContractFrame() {
  const contract = useContractOfSession(useContract());
  if (!contract) return <Page title="看不到这份合同"><div className="panel"><Nothing title="没有这份合同，或您不是它的参与人">请在上方选择您的合同；若应当能看到，请与安全管理员联系授权。</Nothing></div></Page>;
  return (
    <>
      <div className="contract-bar"><b>{contract.name}</b><MomentBar /></div>
      <Outlet />
    </>
  );
}
