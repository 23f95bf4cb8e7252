import { lazy, type ComponentType } from 'react';
import { createBrowserRouter, type RouteObject } from 'react-router';
import { ContractFrame } from './ContractFrame';
import { Gate } from './Gate';
import { Broken, NotFound } from './Lost';

type Load = () => Promise<{ default: ComponentType }>;

/** One chunk a page: what is not opened is not fetched. */
function page(path: string, load: Load): RouteObject {
  return { path, Component: lazy(load), errorElement: <Broken /> };
}

function home(load: Load): RouteObject {
  return { index: true, Component: lazy(load), errorElement: <Broken /> };
}

export const router = createBrowserRouter([
  page('/sign-in', () => import('../rooms/session/SignIn')),
  {
    path: '/',
    Component: Gate,
    errorElement: <Broken />,
    children: [
      home(() => import('../rooms/todo/Home')),
      page('leader', () => import('../rooms/leader/Leader')),
      page('contracts', () => import('../rooms/contracts/Portfolio')),
      {
        path: 'c/:contract',
        Component: ContractFrame,
        children: [
          home(() => import('../rooms/contracts/Overview')),
          page('scorecard', () => import('../rooms/scorecard/Scorecard')),
          page('settlement', () => import('../rooms/settlement/Settlement')),
          page('duties', () => import('../rooms/duties/Duties')),
          page('clocks', () => import('../rooms/clocks/Clocks')),
          page('clauses', () => import('../rooms/clauses/Clauses')),
          page('readings', () => import('../rooms/clauses/Readings')),
          page('facts', () => import('../rooms/facts/Timeline')),
          page('record', () => import('../rooms/recording/Record')),
          page('late', () => import('../rooms/recording/LateEntries')),
          page('claims', () => import('../rooms/claims/Claims')),
          page('claims/:number', () => import('../rooms/claims/ClaimPage')),
          page('what-if', () => import('../rooms/whatif/WhatIf')),
          page('statements', () => import('../rooms/statements/Statements')),
          page('statements/:number', () => import('../rooms/statements/StatementPage')),
          page('verification', () => import('../rooms/verification/Verification')),
          page('packs', () => import('../rooms/packs/Packs')),
          page('notes', () => import('../rooms/notes/Notes')),
        ],
      },
      page('profile', () => import('../rooms/session/Profile')),
      page('admin/users', () => import('../rooms/admin/Users')),
      page('admin/keys', () => import('../rooms/admin/Keys')),
      page('admin/audit', () => import('../rooms/admin/AuditLog')),
      { path: '*', Component: NotFound },
    ],
  },
]);
