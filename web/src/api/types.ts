/**
 * What the server says, as its OpenAPI document describes it (schema.d.ts is made from ../../openapi.json at every build). Instants are
 * ISO 8601 with +08:00; money and points are decimal strings.
 */
import type { components } from './schema';

type Schemas = components['schemas'];
type Nullable<T> = { [K in keyof T]-?: null extends T[K] ? K : never }[keyof T];

/** The server leaves out members that are null: what may be null may be absent. */
export type Told<T> = T extends readonly (infer E)[]
  ? Told<E>[]
  : T extends object
    ? { [K in Exclude<keyof T, Nullable<T>>]: Told<T[K]> } & { [K in Nullable<T>]?: Told<T[K]> }
    : T;

/** A body to send: what may be null need not be sent. */
export type Body<Name extends keyof Schemas> = Told<Schemas[Name]>;

export type Instant = string;
export type Unit = 'money' | 'points' | 'duration' | 'other';
export type Light = Schemas['LightColour'];

export interface FieldError {
  field?: string;
  line?: number;
  message: string;
}

export type Session = Told<Schemas['SessionAnswer']>;
export type SessionContract = Told<Schemas['ContractAccess']>;
export type SignInWays = Told<Schemas['WaysAnswer']>;
export type TotpOffer = Told<Schemas['TotpOffer']>;

export type ContractCard = Told<Schemas['ContractCard']>;
export type ContractOverview = Omit<Told<Schemas['ContractOverview']>, 'latestFacts'> & { latestFacts: Fact[] };
export type KeyFigure = Told<Schemas['KeyFigure']>;
export type Todo = Told<Schemas['TodoAnswer']>;

export type Duty = Told<Schemas['DutyAnswer']>;
export type Clock = Told<Schemas['ClockAnswer']>;
export type Clause = Told<Schemas['ClauseAnswer']>;
export type ReadingEntry = Told<Schemas['ReadingAnswer']>;
export type ReadingAlternative = Told<Schemas['AlternativeAnswer']>;

export type Figure = Told<Schemas['FigureAnswer']>;
export type FigureLine = Told<Schemas['FigureLine']>;
export type Trace = Told<Schemas['TraceAnswer']>;
export type TraceFact = Told<Schemas['FactCited']>;

export type Scorecard = Told<Schemas['CardAnswer']>;
export type ScoreItem = Told<Schemas['ItemAnswer']>;
export type ScoreRule = Told<Schemas['RuleAnswer']>;
export type Occurrence = Told<Schemas['OccurrenceAnswer']>;

export type Settlement = Told<Schemas['SettlementAnswer']>;
export type SettlementStep = Told<Schemas['WaterfallStep']>;
export type MoneyGroup = Told<Schemas['MoneyGroup']>;
export type MoneyFigure = Told<Schemas['MoneyFigure']>;

export type EvidenceRef = Told<Schemas['ProofAnswer']>;
export type EvidenceFile = Told<Schemas['EvidenceAnswer']>;
export type Fact = Omit<Told<Schemas['FactAnswer']>, 'data'> & { data: Record<string, unknown> };
/** A page of facts, the latest first; `next` is what to ask for the page before it. */
export interface FactPage {
  facts: Fact[];
  next?: number;
}
export type VocabularyKind = Told<Schemas['KindAnswer']>;
export type VocabularyField = Told<Schemas['FieldAnswer']>;

export type StatementCard = Told<Schemas['StatementCard']>;

export type Statement = Told<Schemas['StatementAnswer']>;
export type StatementPoint = Told<Schemas['PointAnswer']>;
export type Stand = Told<Schemas['StandAnswer']>;

/** A fact as somebody would put it on record. */
export type ProposedFact = Omit<Told<Schemas['ProposedAnswer']>, 'data'> & { data: Record<string, unknown> };
export type ClaimStep = Omit<Told<Schemas['StepAnswer']>, 'amended'> & { amended?: ProposedFact };
export type Claim = Omit<Told<Schemas['ClaimAnswerBody']>, 'proposal' | 'proposals' | 'history'> & { proposal?: ProposedFact; proposals?: ProposedFact[]; history: ClaimStep[] };
export type ClaimType = Claim['type'];
export type ClaimState = Claim['state'];
export type Limits = Told<Schemas['SettingAnswer']>;
export type Receipt = Told<Schemas['ReceiptAnswer']>;
export type Note = Told<Schemas['NoteAnswer']>;
export type WhatIf = Told<Schemas['WhatIfAnswer']>;

export type Chain = Told<Schemas['ChainAnswer']>;
export type Checkpoint = Told<Schemas['CheckpointAnswer']>;
export type Verification = Told<Schemas['VerificationAnswer']>;
export type PackVersion = Told<Schemas['PackAnswer']>;
export type PackFinding = Told<Schemas['PackFinding']>;

export type User = Told<Schemas['UserAnswer']>;
export type NewUser = Told<Schemas['NewUserAnswer']>;
export type KnownContract = Told<Schemas['KnownContract']>;
export type MachineKey = Told<Schemas['MachineKeyAnswer']>;
export type NewMachineKey = Told<Schemas['NewMachineKeyAnswer']>;
export type AuditPage = Omit<Told<Schemas['AuditPage']>, 'lines'> & { lines: AuditLine[] };
export type AuditLine = Omit<Told<Schemas['AuditLine']>, 'detail'> & { detail?: unknown };
export type AuditVerification = Told<Schemas['AuditVerification']>;
export type DryRunRow = Omit<Told<Schemas['DryRunRow']>, 'fact'> & { fact?: { kind: string; at: string; subject: string; data: Record<string, unknown> } };
export type DryRun = { rows: DryRunRow[]; faulty: number };
