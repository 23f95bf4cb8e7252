/** What the server says, as its OpenAPI document describes it. Instants are ISO 8601 with +08:00; money and points are decimal strings. */

export type Instant = string;

export interface FieldError {
  field?: string;
  line?: number;
  message: string;
}

export type RoleWord =
  | 'buyer-clerk' | 'buyer-reviewer' | 'buyer-leader' | 'buyer-finance' | 'using-unit'
  | 'provider-manager' | 'engineer' | 'desk-agent' | 'supervisor' | 'auditor';
export type SideWord = 'buyer' | 'provider' | 'neither';
export type AdminWord = 'system-admin' | 'security-admin' | 'audit-admin';

export interface SessionContract {
  id: string;
  name: string;
  roles: RoleWord[];
  side: SideWord;
  seesMoney: boolean;
  permissions: string[];
}

export interface Session {
  user: { id: string; name: string; title?: string | null; side?: SideWord | null };
  admins: AdminWord[];
  contracts: SessionContract[];
  csrf: string;
  clock: Instant;
  clockRuns: boolean;
  demo: boolean;
  totp: 'off' | 'on' | 'must-enrol';
  expiresAt: Instant;
}

export interface SignInWays {
  password: boolean;
  ldap: boolean;
  oauth2?: { name: string } | null;
}

export type Light = 'green' | 'amber' | 'red';

export interface KeyFigure {
  label: string;
  text: string;
  address?: string | null;
}

export interface ContractCard {
  id: string;
  name: string;
  parties: { buyer: string; provider: string; supervisor?: string | null };
  term: { from: string; through: string };
  light: Light;
  reasons: string[];
  sentences: string[];
  keyFigures: KeyFigure[];
  head: { seq: number; hash: string; recordedAt?: Instant | null };
  asOf: Instant;
  openClaims: number;
  dueSoon: number;
}

export interface Duty {
  duty: string;
  label: string;
  period: string;
  due?: string | null;
  state: string;
  clauses: string[];
  address?: string | null;
}

export interface Clock {
  clock: string;
  label: string;
  subject: string;
  start?: Instant | null;
  due?: Instant | null;
  stopped?: Instant | null;
  state: string;
  /** Whole seconds on the clock's own calendar. */
  elapsed?: number | string | null;
  address?: string | null;
}

export interface EvidenceRef {
  sha256: string;
  name?: string | null;
}

export interface Fact {
  id: string;
  kind: string;
  at: Instant;
  subject: string;
  data: Record<string, unknown>;
  seq: number;
  recordedAt: Instant;
  by: string;
  evidence: EvidenceRef[];
  hash: string;
  retractedBy?: string | null;
  late: boolean;
  claim?: number | string | null;
}

export interface FactPage {
  facts: Fact[];
  next?: number | string | null;
}

export interface StatementCard {
  number: string;
  from: string;
  to: string;
  asOf: Instant;
  state?: string;
}

export interface ContractOverview extends ContractCard {
  score?: string | null;
  tier?: string | null;
  clauses: { total: number; executed: number; recorded: number };
  nextDuties: Duty[];
  breachedClocks: Clock[];
  latestFacts: Fact[];
  statements: StatementCard[];
  provisionalYears: number[];
  lateEntries: number;
  claims: { open: number; accepted: number; refused: number };
}

export type Unit = 'money' | 'points' | 'duration' | 'other';

export interface FigureLine {
  address: string;
  label: string;
  text: string;
  unit: Unit;
  group: string;
}

export interface TraceFact {
  id: string;
  seq?: number | null;
  kind: string;
  at: Instant;
  subject: string;
}

export interface Trace {
  what: string;
  value: string;
  clauses: { id: string; text: string }[];
  facts: TraceFact[];
  parts: Trace[];
  masked?: boolean;
}

export interface Figure {
  address: string;
  label: string;
  text: string;
  exact?: string | null;
  unit: Unit;
  view?: string | null;
  asOf: Instant;
  trace: Trace;
}

export interface Clause {
  id: string;
  at?: string | null;
  text: string;
  /** executed | recorded | … : how the contract makes it run. */
  runs: string;
  terms: { name: string; label: string }[];
  figures: { address: string; label: string; text: string }[];
  readings: string[];
}

export interface ReadingAlternative {
  alt: string;
  label: string;
  runs: boolean;
  reason?: string | null;
  points?: string | null;
  yuan?: string | null;
  figures: { address: string; label: string; before?: string | null; after?: string | null }[];
}

export interface ReadingEntry {
  id: string;
  label: string;
  clauses: string[];
  terms: string[];
  chosen: string;
  alternatives: ReadingAlternative[];
}

export interface Occurrence {
  subject: string;
  at?: Instant | null;
  points: string;
  facts: string[];
  address?: string | null;
}

export interface ScoreRule {
  rule: string;
  label: string;
  points: string;
  address?: string | null;
  occurrences: Occurrence[];
}

export interface ScoreItem {
  item: string;
  label: string;
  full?: string | null;
  score: string;
  address?: string | null;
  rules: ScoreRule[];
}

export interface Scorecard {
  card: string;
  label: string;
  score?: string | null;
  address?: string | null;
  items: ScoreItem[];
}

export interface Settlement {
  waterfall: { label: string; amount: string; address?: string | null }[];
  groups: { kind: string; label: string; figures: { address: string; label: string; text: string; unit: Unit }[] }[];
  net?: { address: string; text: string } | null;
}

export interface Todo {
  contract: string;
  contractName: string;
  kind: string;
  label: string;
  due?: string | null;
  link: string;
  severity: string;
}

export interface EvidenceFile {
  sha256: string;
  name: string;
  size: number;
  type: string;
  by?: string;
  at?: Instant;
  withdrawal?: { at: Instant; by: string; reason: string } | null;
}

export interface VocabularyField {
  name: string;
  label: string;
  type: string;
  required: boolean;
  words?: string[] | null;
  default?: string | null;
  excuse?: boolean;
}

export interface VocabularyKind {
  kind: string;
  label: string;
  group: string;
  fields: VocabularyField[];
  may: 'record' | 'claim' | 'no';
}
