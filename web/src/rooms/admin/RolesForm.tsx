import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { address, ask } from '../../api/client';
import type { KnownContract, User } from '../../api/types';
import { overallQuery } from '../../app/queries';
import { useSending } from '../../app/sending';
import { Awaiting, Nothing } from '../../parts/Awaiting';
import { allRoles, roleWord } from '../../parts/words';

/** What somebody is in each contract. A contract is saved by itself; who speaks for both parties is refused by the server. */
export function RolesForm({ user }: { user: User }) {
  const contracts = useQuery(overallQuery<KnownContract[]>('/known-contracts'));
  return (
    <Awaiting query={contracts} rows={4} isEmpty={(known) => known.length === 0} empty={<Nothing title="还没有合同">合同文本包装入后，才能授予角色。</Nothing>}>
      {(known) => <ul className="roles">{known.map((contract) => <Row key={contract.id} user={user} contract={contract} />)}</ul>}
    </Awaiting>
  );
}

function Row({ user, contract }: { user: User; contract: KnownContract }) {
  const held = user.roles.find((one) => one.contract === contract.id)?.roles ?? [];
  const [roles, setRoles] = useState(held);
  const save = useSending(() => ask<User>(address(`/users/${encodeURIComponent(user.id)}/roles`), { method: 'PUT', json: { contract: contract.id, roles } }), { done: '角色已更改' });
  const changed = roles.length !== held.length || roles.some((role) => !held.includes(role));
  return (
    <li>
      <span>{contract.name}</span>
      <div className="roles-edit">
        <Select mode="multiple" allowClear value={roles} onChange={setRoles} placeholder="没有角色" aria-label={`${contract.name}中的角色`} options={allRoles.map((role) => ({ value: role, label: roleWord(role) }))} />
        <Button disabled={!changed} loading={save.isPending} onClick={() => { save.mutate(undefined); }}>保存</Button>
      </div>
    </li>
  );
}
