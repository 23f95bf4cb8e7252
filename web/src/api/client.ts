import { Problem, problemOf, unreachable } from './problem';

let csrf = '';
let whenSignedOut: () => void = () => undefined;

/** The token of the session in force; sent with whatever changes something. */
export function rememberToken(token: string): void {
  csrf = token;
}

/** Told when the server no longer knows the session. */
export function onSignedOut(listener: () => void): void {
  whenSignedOut = listener;
}

export type Query = Record<string, string | number | boolean | null | undefined>;

/** `/contracts/{c}/figures` with its holes filled and escaped, and the query behind it. */
export function address(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  const text = search.toString();
  return `/api${path}${text ? `?${text}` : ''}`;
}

/** A path under one contract. */
export function of(contract: string, path: string, query: Query = {}): string {
  return address(`/contracts/${encodeURIComponent(contract)}${path}`, query);
}

export interface Sending {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  json?: unknown;
  body?: BodyInit;
  accept?: string;
  signal?: AbortSignal;
}

async function send(url: string, { method = 'GET', json, body, accept, signal }: Sending): Promise<Response> {
  const headers = new Headers({ Accept: accept ?? 'application/json' });
  if (json !== undefined) headers.set('Content-Type', 'application/json');
  if (method !== 'GET' && csrf) headers.set('X-CSRF-Token', csrf);
  let response: Response;
  try {
    response = await fetch(url, { method, headers, body: json === undefined ? (body ?? null) : JSON.stringify(json), credentials: 'same-origin', signal: signal ?? null });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw unreachable();
  }
  if (response.ok) return response;
  const problem = await problemOf(response);
  if (problem.status === 401 && !url.endsWith('/api/session')) whenSignedOut();
  throw problem;
}

/** The answer as JSON; undefined where the server has nothing to say (204). */
export async function ask<T>(url: string, sending: Sending = {}): Promise<T> {
  const response = await send(url, sending);
  if (response.status === 204) return undefined as T;
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

/** The answer and whether it is complete: 202 says that the server is still computing. */
export async function askOrWait<T>(url: string, sending: Sending = {}): Promise<{ ready: true; answer: T } | { ready: false; share: number }> {
  const response = await send(url, sending);
  const answer = (await response.json()) as T & { progress?: number; total?: number };
  return response.status === 202 ? { ready: false, share: (answer.progress ?? 0) / Math.max(1, answer.total ?? 1) } : { ready: true, answer };
}

/** Uploads with progress from 0 to 1, which fetch does not tell. */
export function upload<T>(url: string, form: FormData, onProgress: (share: number) => void = () => undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.setRequestHeader('Accept', 'application/json');
    if (csrf) request.setRequestHeader('X-CSRF-Token', csrf);
    request.upload.onprogress = (event) => { if (event.lengthComputable) onProgress(event.loaded / event.total); };
    request.onerror = () => { reject(unreachable()); };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) {
        resolve((request.responseText ? JSON.parse(request.responseText) : undefined) as T);
        return;
      }
      if (request.status === 401) whenSignedOut();
      problemOf(new Response(request.responseText, { status: request.status })).then(reject, reject);
    };
    request.send(form);
  });
}

export { Problem };
